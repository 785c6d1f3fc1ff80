import accounts.tables
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial')]

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        accounts.tables.Tables(
            tables=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('name', models.CharField(max_length=200)),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('joined_at', models.DateTimeField(auto_now_add=True)),
                        ('address_proven_at', models.DateTimeField(editable=False, null=True)),
                        ('wants_digest', models.BooleanField(default=True, verbose_name='is told by e-mail, once a day, of notes that name them')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_person_per_email', violation_error_message='There is a person with this e-mail address already.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("address_proven_at", "email", "id", "is_active", "joined_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "wants_digest") VALUES (NEW."address_proven_at", NEW."email", NEW."id", NEW."is_active", NEW."joined_at", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."wants_digest"); RETURN NULL;', hash='25f6f176a82bd7fbf3772566fd00ad6b42777b00', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address_proven_at" IS DISTINCT FROM (NEW."address_proven_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."joined_at" IS DISTINCT FROM (NEW."joined_at") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."wants_digest" IS DISTINCT FROM (NEW."wants_digest"))', func='INSERT INTO "accounts_userevent" ("address_proven_at", "email", "id", "is_active", "joined_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "wants_digest") VALUES (NEW."address_proven_at", NEW."email", NEW."id", NEW."is_active", NEW."joined_at", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."wants_digest"); RETURN NULL;', hash='def09c0f7e7486640e1ed81538703fde82acb454', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("address_proven_at", "email", "id", "is_active", "joined_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "wants_digest") VALUES (OLD."address_proven_at", OLD."email", OLD."id", OLD."is_active", OLD."joined_at", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."wants_digest"); RETURN NULL;', hash='de71e800902c4bbe32a7dc7186bf54f3172d6ec1', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', table='accounts_user', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='UserEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('name', models.CharField(max_length=200)),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('joined_at', models.DateTimeField(auto_now_add=True)),
                        ('address_proven_at', models.DateTimeField(editable=False, null=True)),
                        ('wants_digest', models.BooleanField(default=True, verbose_name='is told by e-mail, once a day, of notes that name them')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e9498e73f6fbdf2642fb33fa14189f1ad2382c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45b21', table='accounts_userevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

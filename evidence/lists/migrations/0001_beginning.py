import accounts.tables
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('lists', '0001_initial')]

    initial = True

    dependencies = [
        ('inquiry', '0001_beginning'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        accounts.tables.Tables(
            tables=[
                migrations.CreateModel(
                    name='SavedList',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=80)),
                        ('page', models.CharField(choices=[('search', 'Search'), ('quotes', 'Evidence'), ('submissions', 'Submissions'), ('witnesses', 'Witnesses')], max_length=20)),
                        ('query', models.CharField(blank=True, help_text='as it stands in the address', max_length=4000)),
                    ],
                    options={
                        'ordering': ('name', 'pk'),
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('inquiry', 'owner', 'page', 'name'), name='one_saved_list_per_name'), models.CheckConstraint(condition=models.Q(('page__in', ['search', 'quotes', 'submissions', 'witnesses'])), name='known_list_page')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ", hash='dfbaaa18ef15480b4ba169fd69be82d326dd185b', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_6bf42', table='lists_savedlist', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "lists_savedlistevent" ("created_at", "id", "inquiry_id", "name", "owner_id", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."name", NEW."owner_id", NEW."page", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."query"); RETURN NULL;', hash='0aa9ba7c22c5383edd31d3f5b430b95037981ddf', operation='INSERT', pgid='pgtrigger_insert_insert_69c0c', table='lists_savedlist', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "lists_savedlistevent" ("created_at", "id", "inquiry_id", "name", "owner_id", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."name", NEW."owner_id", NEW."page", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."query"); RETURN NULL;', hash='2ab3109fac2f02e4dae2b3b49d859f21206bb7e6', operation='UPDATE', pgid='pgtrigger_update_update_5564b', table='lists_savedlist', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "lists_savedlistevent" ("created_at", "id", "inquiry_id", "name", "owner_id", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") VALUES (OLD."created_at", OLD."id", OLD."inquiry_id", OLD."name", OLD."owner_id", OLD."page", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."query"); RETURN NULL;', hash='4ab945dde96f92ab6d4a2aeb07650830979780c0', operation='DELETE', pgid='pgtrigger_delete_delete_40891', table='lists_savedlist', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='SavedListEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='lists.savedlist')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=80)),
                        ('page', models.CharField(choices=[('search', 'Search'), ('quotes', 'Evidence'), ('submissions', 'Submissions'), ('witnesses', 'Witnesses')], max_length=20)),
                        ('query', models.CharField(blank=True, help_text='as it stands in the address', max_length=4000)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='15c764e90402f14962bff58b042d7d9f84ab6c9b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_19a9d', table='lists_savedlistevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='TakenList',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('page', models.CharField(choices=[('search', 'Search'), ('quotes', 'Evidence'), ('submissions', 'Submissions'), ('witnesses', 'Witnesses')], max_length=20)),
                        ('query', models.CharField(blank=True, max_length=4000)),
                        ('format', models.CharField(max_length=10)),
                        ('rows', models.PositiveIntegerField()),
                        ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'list taken away',
                        'ordering': ('-id',),
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ", hash='3c77cee682d6657730e4c22333fae1d8e4f8a226', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_aae9a', table='lists_takenlist', when='BEFORE')), pgtrigger.compiler.Trigger(name='a_download_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5c8ec0e8b73d394a1ce09cd376a9c8253348aaab', operation='UPDATE', pgid='pgtrigger_a_download_stands_505c2', table='lists_takenlist', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "lists_takenlistevent" ("created_at", "format", "id", "inquiry_id", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "rows", "taken_by_id") VALUES (NEW."created_at", NEW."format", NEW."id", NEW."inquiry_id", NEW."page", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."query", NEW."rows", NEW."taken_by_id"); RETURN NULL;', hash='408cc90078263d2e4c60ab75168f573fc8b0cd2f', operation='INSERT', pgid='pgtrigger_insert_insert_6080b', table='lists_takenlist', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "lists_takenlistevent" ("created_at", "format", "id", "inquiry_id", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "rows", "taken_by_id") VALUES (OLD."created_at", OLD."format", OLD."id", OLD."inquiry_id", OLD."page", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."query", OLD."rows", OLD."taken_by_id"); RETURN NULL;', hash='de2de0183db76501c464cdc48a26cebf4ba8fd6e', operation='DELETE', pgid='pgtrigger_delete_delete_ebd19', table='lists_takenlist', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='TakenListEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='lists.takenlist')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('page', models.CharField(choices=[('search', 'Search'), ('quotes', 'Evidence'), ('submissions', 'Submissions'), ('witnesses', 'Witnesses')], max_length=20)),
                        ('query', models.CharField(blank=True, max_length=4000)),
                        ('format', models.CharField(max_length=10)),
                        ('rows', models.PositiveIntegerField()),
                        ('taken_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c0823517a075f8c77e693c1b591c0889871960c1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f9086', table='lists_takenlistevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

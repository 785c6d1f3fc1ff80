import accounts.tables
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('together', '0001_initial')]

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
                    name='Together',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), help_text='the keys of the tags that were made, and of no other', size=None)),
                        ('tagged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'tagging of many',
                        'verbose_name_plural': 'taggings of many',
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ", hash='446c820e6d91028530b913aa893fcdd9bc51777d', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_cf8a5', table='together_together', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "together_togetherevent" ("created_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tagged_by_id", "tags", "taken_back_at") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tagged_by_id", NEW."tags", NEW."taken_back_at"); RETURN NULL;', hash='d7d0ebdb98412046e22f6e3355f3d3c770cdf7a2', operation='INSERT', pgid='pgtrigger_insert_insert_20dfe', table='together_together', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "together_togetherevent" ("created_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tagged_by_id", "tags", "taken_back_at") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tagged_by_id", NEW."tags", NEW."taken_back_at"); RETURN NULL;', hash='4f8c7996a159f20d534da64075d815e27b6337ad', operation='UPDATE', pgid='pgtrigger_update_update_01f36', table='together_together', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "together_togetherevent" ("created_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tagged_by_id", "tags", "taken_back_at") VALUES (OLD."created_at", OLD."id", OLD."inquiry_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tagged_by_id", OLD."tags", OLD."taken_back_at"); RETURN NULL;', hash='27f6d251e93d6a656a8774b64892c4455b9375bb', operation='DELETE', pgid='pgtrigger_delete_delete_ecfb3', table='together_together', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='TogetherEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='together.together')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), help_text='the keys of the tags that were made, and of no other', size=None)),
                        ('tagged_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c5982a6e89e6988e1a85e62a5e4c807beeae6075', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8e9f7', table='together_togetherevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

import accounts.tables
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('suggestions', '0001_initial')]

    initial = True

    dependencies = [
        ('documents', '0001_beginning'),
        ('inquiry', '0001_beginning'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        accounts.tables.Tables(
            tables=[
                migrations.CreateModel(
                    name='Dismissal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dismissals', to='inquiry.theme')),
                        ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dismissals', to='documents.passage')),
                        ('dismissed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'dismissal of a suggestion',
                        'verbose_name_plural': 'dismissals of suggestions',
                        'ordering': ('-id',),
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('theme', 'passage'), name='dismissed_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.theme_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_theme other\n                WHERE other.id = NEW.theme_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'dismissal of a suggestion and its theme belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.passage_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM documents_passage other\n                WHERE other.id = NEW.passage_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'dismissal of a suggestion and its passage belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='e9cebcb2f5a1402ae5779ab094f4d7be6a796842', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_16f0d', table='suggestions_dismissal', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "suggestions_dismissalevent" ("created_at", "dismissed_by_id", "id", "inquiry_id", "passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") VALUES (NEW."created_at", NEW."dismissed_by_id", NEW."id", NEW."inquiry_id", NEW."passage_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."theme_id"); RETURN NULL;', hash='3717d256ea16ff14cac9651474c360fb7066176c', operation='INSERT', pgid='pgtrigger_insert_insert_05f36', table='suggestions_dismissal', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "suggestions_dismissalevent" ("created_at", "dismissed_by_id", "id", "inquiry_id", "passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") VALUES (NEW."created_at", NEW."dismissed_by_id", NEW."id", NEW."inquiry_id", NEW."passage_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."theme_id"); RETURN NULL;', hash='002948b64ee4b6be1b9cbaf6c313db6dbd1cb34a', operation='UPDATE', pgid='pgtrigger_update_update_30871', table='suggestions_dismissal', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "suggestions_dismissalevent" ("created_at", "dismissed_by_id", "id", "inquiry_id", "passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") VALUES (OLD."created_at", OLD."dismissed_by_id", OLD."id", OLD."inquiry_id", OLD."passage_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."theme_id"); RETURN NULL;', hash='bb20708bfec447513b9b667ebd240571137245f5', operation='DELETE', pgid='pgtrigger_delete_delete_c2bcd', table='suggestions_dismissal', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='DismissalEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='suggestions.dismissal')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('theme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.theme')),
                        ('passage', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.passage')),
                        ('dismissed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f90fa2e82343fe03d4a182ef5705c4190a31df39', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e6d35', table='suggestions_dismissalevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

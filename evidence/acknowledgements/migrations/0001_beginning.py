import accounts.tables
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('acknowledgements', '0001_initial'), ('acknowledgements', '0002_worded_where_it_is_asked_for')]

    initial = True

    dependencies = [
        ('inquiry', '0001_beginning'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('submissions', '0001_beginning'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        accounts.tables.Tables(
            tables=[
                migrations.CreateModel(
                    name='Wording',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('subject', models.CharField(max_length=200)),
                        ('text', models.TextField()),
                    ],
                    options={
                        'verbose_name': 'wording of acknowledgements',
                        'verbose_name_plural': 'wordings of acknowledgements',
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('inquiry',), name='one_wording_per_inquiry')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ", hash='0886c2b5d1b8a5b278e8f96b6e62aed063c74dd4', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_3aa77', table='acknowledgements_wording', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "acknowledgements_wordingevent" ("created_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "text") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."subject", NEW."text"); RETURN NULL;', hash='5dd53205635740f714d82a989197526fd17992eb', operation='INSERT', pgid='pgtrigger_insert_insert_b7fa5', table='acknowledgements_wording', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "acknowledgements_wordingevent" ("created_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "text") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."subject", NEW."text"); RETURN NULL;', hash='cf33dc0e007c6252fd3860d4d0457411f1b8a23b', operation='UPDATE', pgid='pgtrigger_update_update_e5278', table='acknowledgements_wording', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "acknowledgements_wordingevent" ("created_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "text") VALUES (OLD."created_at", OLD."id", OLD."inquiry_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."subject", OLD."text"); RETURN NULL;', hash='e2ea4abf4823629baa76c578808c0065cb169d00', operation='DELETE', pgid='pgtrigger_delete_delete_22f27', table='acknowledgements_wording', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='WordingEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='acknowledgements.wording')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('subject', models.CharField(max_length=200)),
                        ('text', models.TextField()),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='256a532028958a713b203295561e291c9eb4495b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_86675', table='acknowledgements_wordingevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Acknowledgement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Under way'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=10)),
                        ('progress', models.PositiveSmallIntegerField(default=0, help_text='per cent')),
                        ('doing', models.CharField(blank=True, max_length=200)),
                        ('error', models.TextField(blank=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('seen_at', models.DateTimeField(blank=True, null=True)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='acknowledgement', to='submissions.submission')),
                        ('handed_over_at', models.DateTimeField(blank=True, help_text='noted before the mail server is given it, so that it never is twice', null=True)),
                        ('sent_at', models.DateTimeField(blank=True, help_text='noted when the mail server has taken it', null=True)),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('sent_at', None), models.Q(('handed_over_at__isnull', False), ('state', 'done')), _connector='OR'), name='sent_after_it_was_handed_over')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.submission_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM submissions_submission other\n                WHERE other.id = NEW.submission_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'acknowledgement and its submission belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='8ce4494a26fae51ee000d71ce61e83a07e14f6cb', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_c1534', table='acknowledgements_acknowledgement', when='BEFORE')), pgtrigger.compiler.Trigger(name='sent_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."sent_at" IS NOT NULL AND (OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."submission_id" IS DISTINCT FROM (NEW."submission_id")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6baa855982679ab322eb1f0b8ce86353075aaaea', operation='UPDATE', pgid='pgtrigger_sent_once_12e53', table='acknowledgements_acknowledgement', when='BEFORE')), pgtrigger.compiler.Trigger(name='handed_over_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."handed_over_at" IS NOT NULL AND OLD."handed_over_at" IS NOT NULL AND OLD."handed_over_at" IS DISTINCT FROM (NEW."handed_over_at"))', func="\n                    RAISE EXCEPTION 'This acknowledgement was handed over already.' USING ERRCODE = 'check_violation';\n                ", hash='9e479478aa40b730fd52cab252838300f6e7400c', operation='UPDATE', pgid='pgtrigger_handed_over_once_df197', table='acknowledgements_acknowledgement', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "acknowledgements_acknowledgementevent" ("asked_at", "asked_by_id", "attempts", "created_at", "error", "finished_at", "handed_over_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "started_at", "state", "submission_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."attempts", NEW."created_at", NEW."error", NEW."finished_at", NEW."handed_over_at", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sent_at", NEW."started_at", NEW."state", NEW."submission_id"); RETURN NULL;', hash='6754be63bfb312ec49b5881cd2c38245970df8d0', operation='INSERT', pgid='pgtrigger_insert_insert_d1d80', table='acknowledgements_acknowledgement', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."error" IS DISTINCT FROM (NEW."error") OR OLD."finished_at" IS DISTINCT FROM (NEW."finished_at") OR OLD."handed_over_at" IS DISTINCT FROM (NEW."handed_over_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inquiry_id" IS DISTINCT FROM (NEW."inquiry_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."submission_id" IS DISTINCT FROM (NEW."submission_id"))', func='INSERT INTO "acknowledgements_acknowledgementevent" ("asked_at", "asked_by_id", "attempts", "created_at", "error", "finished_at", "handed_over_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "started_at", "state", "submission_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."attempts", NEW."created_at", NEW."error", NEW."finished_at", NEW."handed_over_at", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sent_at", NEW."started_at", NEW."state", NEW."submission_id"); RETURN NULL;', hash='db44d0ce3d85c8fd6237d186b7b5046a9e28bd38', operation='UPDATE', pgid='pgtrigger_update_update_bdb2f', table='acknowledgements_acknowledgement', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "acknowledgements_acknowledgementevent" ("asked_at", "asked_by_id", "attempts", "created_at", "error", "finished_at", "handed_over_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "started_at", "state", "submission_id") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."attempts", OLD."created_at", OLD."error", OLD."finished_at", OLD."handed_over_at", OLD."id", OLD."inquiry_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sent_at", OLD."started_at", OLD."state", OLD."submission_id"); RETURN NULL;', hash='1800983c2c7e7084225ae6e5b1e8bc618c9cadcf', operation='DELETE', pgid='pgtrigger_delete_delete_1175f', table='acknowledgements_acknowledgement', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='AcknowledgementEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='acknowledgements.acknowledgement')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Under way'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=10)),
                        ('error', models.TextField(blank=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('asked_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('submission', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='submissions.submission')),
                        ('handed_over_at', models.DateTimeField(blank=True, help_text='noted before the mail server is given it, so that it never is twice', null=True)),
                        ('sent_at', models.DateTimeField(blank=True, help_text='noted when the mail server has taken it', null=True)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='88d83f63de4e1b9a4d24ffc5c869e2fd998f502b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_38670', table='acknowledgements_acknowledgementevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

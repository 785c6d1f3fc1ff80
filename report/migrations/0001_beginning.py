import accounts.tables
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import report.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('report', '0001_initial'), ('report', '0002_snapshots'), ('report', '0003_snapshots_of_exports'), ('report', '0004_exports_name_their_snapshot'), ('report', '0005_meeting_packs')]

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
                    name='HouseStyle',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('file', models.FileField(max_length=200, upload_to=report.models._style_name)),
                        ('sha256', models.CharField(max_length=64)),
                        ('name', models.CharField(max_length=255, verbose_name='file name')),
                        ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('laid_aside_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('-id',),
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ", hash='e6a680e736e818e442c2e8652f201ace42102420', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_3b5b6', table='report_housestyle', when='BEFORE')), pgtrigger.compiler.Trigger(name='a_style_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."name" IS DISTINCT FROM (NEW."name"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9a12143d7d343e9080f0db9113d7e15f24cdc488', operation='UPDATE', pgid='pgtrigger_a_style_stands_c8770', table='report_housestyle', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "report_housestyleevent" ("brought_by_id", "created_at", "file", "id", "inquiry_id", "laid_aside_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256") VALUES (NEW."brought_by_id", NEW."created_at", NEW."file", NEW."id", NEW."inquiry_id", NEW."laid_aside_at", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sha256"); RETURN NULL;', hash='dcb79051c892f6be249bf68e8ebed9d91961249a', operation='INSERT', pgid='pgtrigger_insert_insert_347c4', table='report_housestyle', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "report_housestyleevent" ("brought_by_id", "created_at", "file", "id", "inquiry_id", "laid_aside_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256") VALUES (NEW."brought_by_id", NEW."created_at", NEW."file", NEW."id", NEW."inquiry_id", NEW."laid_aside_at", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sha256"); RETURN NULL;', hash='a44ec5029bfaf204d357bc8d41d9c7ef9b9b426b', operation='UPDATE', pgid='pgtrigger_update_update_20d11', table='report_housestyle', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "report_housestyleevent" ("brought_by_id", "created_at", "file", "id", "inquiry_id", "laid_aside_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256") VALUES (OLD."brought_by_id", OLD."created_at", OLD."file", OLD."id", OLD."inquiry_id", OLD."laid_aside_at", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sha256"); RETURN NULL;', hash='d1cd81560c009d180714c45ea0e3ae4af789f7e2', operation='DELETE', pgid='pgtrigger_delete_delete_9aafc', table='report_housestyle', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='HouseStyleEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='report.housestyle')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('file', models.FileField(max_length=200, upload_to=report.models._style_name)),
                        ('sha256', models.CharField(max_length=64)),
                        ('name', models.CharField(max_length=255, verbose_name='file name')),
                        ('brought_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('laid_aside_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9bc94fefc586c32b11efb13c0179aab1e9cf540a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4a626', table='report_housestyleevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Snapshot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('layout', models.CharField(choices=[('appg', 'All-party group'), ('commons', 'House of Commons'), ('lords', 'House of Lords')], max_length=10)),
                        ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                        ('include_unchecked', models.BooleanField(default=False, verbose_name='with unchecked quotes, marked as such')),
                        ('content', models.JSONField(default=dict, help_text='the appendix as data')),
                        ('digest', models.CharField(help_text='sha256 of what is printed', max_length=64)),
                        ('house_style', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='report.housestyle')),
                        ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('marked_at', models.DateTimeField(blank=True, null=True)),
                        ('marked_because', models.CharField(blank=True, max_length=300)),
                        ('recalled_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('-id',),
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.house_style_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM report_housestyle other\n                WHERE other.id = NEW.house_style_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'snapshot and its house_style belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='f0d5b1310746199fe6e93c8cc77cc1a9bdf4ba61', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_fe0b0', table='report_snapshot', when='BEFORE')), pgtrigger.compiler.Trigger(name='a_snapshot_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."layout" IS DISTINCT FROM (NEW."layout") OR OLD."parts" IS DISTINCT FROM (NEW."parts") OR OLD."include_unchecked" IS DISTINCT FROM (NEW."include_unchecked") OR OLD."digest" IS DISTINCT FROM (NEW."digest"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='12af3af827b419283e2e157e2db458a8aba5cde7', operation='UPDATE', pgid='pgtrigger_a_snapshot_stands_58ba9', table='report_snapshot', when='BEFORE')), pgtrigger.compiler.Trigger(name='its_content_is_only_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.content <> OLD.content AND NEW.content <> '{}'::jsonb THEN\n                        RAISE EXCEPTION 'A snapshot stands as it was taken, unless it is recalled.'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='db3a80d06edb013ee18aac67444f8b525a58e1ac', operation='UPDATE OF "content"', pgid='pgtrigger_its_content_is_only_emptied_d915f', table='report_snapshot', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "report_snapshotevent" ("created_at", "digest", "house_style_id", "id", "include_unchecked", "inquiry_id", "layout", "marked_at", "marked_because", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recalled_at", "taken_by_id") VALUES (NEW."created_at", NEW."digest", NEW."house_style_id", NEW."id", NEW."include_unchecked", NEW."inquiry_id", NEW."layout", NEW."marked_at", NEW."marked_because", NEW."parts", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recalled_at", NEW."taken_by_id"); RETURN NULL;', hash='2f5088ac83e346cf752d356716ab6c76692c9db7', operation='INSERT', pgid='pgtrigger_insert_insert_e2311', table='report_snapshot', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."house_style_id" IS DISTINCT FROM (NEW."house_style_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."include_unchecked" IS DISTINCT FROM (NEW."include_unchecked") OR OLD."inquiry_id" IS DISTINCT FROM (NEW."inquiry_id") OR OLD."layout" IS DISTINCT FROM (NEW."layout") OR OLD."marked_at" IS DISTINCT FROM (NEW."marked_at") OR OLD."marked_because" IS DISTINCT FROM (NEW."marked_because") OR OLD."parts" IS DISTINCT FROM (NEW."parts") OR OLD."recalled_at" IS DISTINCT FROM (NEW."recalled_at") OR OLD."taken_by_id" IS DISTINCT FROM (NEW."taken_by_id"))', func='INSERT INTO "report_snapshotevent" ("created_at", "digest", "house_style_id", "id", "include_unchecked", "inquiry_id", "layout", "marked_at", "marked_because", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recalled_at", "taken_by_id") VALUES (NEW."created_at", NEW."digest", NEW."house_style_id", NEW."id", NEW."include_unchecked", NEW."inquiry_id", NEW."layout", NEW."marked_at", NEW."marked_because", NEW."parts", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recalled_at", NEW."taken_by_id"); RETURN NULL;', hash='1a9aa612c4c65edb3a46bdf62ac6f33a6f793915', operation='UPDATE', pgid='pgtrigger_update_update_09ca0', table='report_snapshot', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "report_snapshotevent" ("created_at", "digest", "house_style_id", "id", "include_unchecked", "inquiry_id", "layout", "marked_at", "marked_because", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recalled_at", "taken_by_id") VALUES (OLD."created_at", OLD."digest", OLD."house_style_id", OLD."id", OLD."include_unchecked", OLD."inquiry_id", OLD."layout", OLD."marked_at", OLD."marked_because", OLD."parts", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recalled_at", OLD."taken_by_id"); RETURN NULL;', hash='6b74b0d88a0f9adc5e7aae31a70956cd27409c80', operation='DELETE', pgid='pgtrigger_delete_delete_4143d', table='report_snapshot', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='SnapshotEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='report.snapshot')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('layout', models.CharField(choices=[('appg', 'All-party group'), ('commons', 'House of Commons'), ('lords', 'House of Lords')], max_length=10)),
                        ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                        ('include_unchecked', models.BooleanField(default=False, verbose_name='with unchecked quotes, marked as such')),
                        ('digest', models.CharField(help_text='sha256 of what is printed', max_length=64)),
                        ('house_style', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='report.housestyle')),
                        ('taken_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('marked_at', models.DateTimeField(blank=True, null=True)),
                        ('marked_because', models.CharField(blank=True, max_length=300)),
                        ('recalled_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='54fb772228a64ae6bbe42a69ef3da8dfa4abd12e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_79142', table='report_snapshotevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Export',
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
                        ('layout', models.CharField(choices=[('appg', 'All-party group'), ('commons', 'House of Commons'), ('lords', 'House of Lords')], default='appg', max_length=10)),
                        ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, help_text="the layout's usual ones where empty", size=None)),
                        ('format', models.CharField(choices=[('html', 'Web page'), ('docx', 'Word (DOCX)'), ('odt', 'OpenDocument (ODT)'), ('pdf', 'PDF/UA'), ('xlsx', 'Workbook (XLSX)'), ('csv', 'Spreadsheet (CSV)'), ('json', 'Data (JSON)'), ('bib', 'References (BibTeX)'), ('ris', 'References (RIS)'), ('csljson', 'References (CSL-JSON)'), ('qdc', 'Codebook (REFI-QDA)'), ('qdpx', 'Coded project (REFI-QDA)')], max_length=10)),
                        ('include_unchecked', models.BooleanField(default=False, verbose_name='with unchecked quotes, marked as such')),
                        ('previewed', models.CharField(blank=True, help_text='digest of what its asker was shown before', max_length=64)),
                        ('snapshot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exports', to='report.snapshot')),
                        ('file', models.FileField(blank=True, max_length=200, upload_to=report.models._kept_name)),
                        ('size', models.PositiveBigIntegerField(help_text='bytes', null=True)),
                        ('expired_at', models.DateTimeField(blank=True, null=True)),
                        ('recalled_at', models.DateTimeField(blank=True, null=True)),
                        ('recalled_because', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ('-asked_at',),
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.snapshot_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM report_snapshot other\n                WHERE other.id = NEW.snapshot_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'export and its snapshot belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='d7509eadf045ef7ae4604cb8b87a25a6d8c8a617', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_98ad4', table='report_export', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "report_exportevent" ("asked_at", "asked_by_id", "attempts", "created_at", "error", "expired_at", "file", "finished_at", "format", "id", "include_unchecked", "inquiry_id", "layout", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previewed", "recalled_at", "recalled_because", "size", "snapshot_id", "started_at", "state") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."attempts", NEW."created_at", NEW."error", NEW."expired_at", NEW."file", NEW."finished_at", NEW."format", NEW."id", NEW."include_unchecked", NEW."inquiry_id", NEW."layout", NEW."parts", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."previewed", NEW."recalled_at", NEW."recalled_because", NEW."size", NEW."snapshot_id", NEW."started_at", NEW."state"); RETURN NULL;', hash='29e3afc653ee9d3ad665285d0141f54c94cbbee7', operation='INSERT', pgid='pgtrigger_insert_insert_82e34', table='report_export', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."error" IS DISTINCT FROM (NEW."error") OR OLD."expired_at" IS DISTINCT FROM (NEW."expired_at") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."finished_at" IS DISTINCT FROM (NEW."finished_at") OR OLD."format" IS DISTINCT FROM (NEW."format") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."include_unchecked" IS DISTINCT FROM (NEW."include_unchecked") OR OLD."inquiry_id" IS DISTINCT FROM (NEW."inquiry_id") OR OLD."layout" IS DISTINCT FROM (NEW."layout") OR OLD."parts" IS DISTINCT FROM (NEW."parts") OR OLD."previewed" IS DISTINCT FROM (NEW."previewed") OR OLD."recalled_at" IS DISTINCT FROM (NEW."recalled_at") OR OLD."recalled_because" IS DISTINCT FROM (NEW."recalled_because") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."snapshot_id" IS DISTINCT FROM (NEW."snapshot_id") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "report_exportevent" ("asked_at", "asked_by_id", "attempts", "created_at", "error", "expired_at", "file", "finished_at", "format", "id", "include_unchecked", "inquiry_id", "layout", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previewed", "recalled_at", "recalled_because", "size", "snapshot_id", "started_at", "state") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."attempts", NEW."created_at", NEW."error", NEW."expired_at", NEW."file", NEW."finished_at", NEW."format", NEW."id", NEW."include_unchecked", NEW."inquiry_id", NEW."layout", NEW."parts", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."previewed", NEW."recalled_at", NEW."recalled_because", NEW."size", NEW."snapshot_id", NEW."started_at", NEW."state"); RETURN NULL;', hash='b9333b019479145ccb623de5443445d7ff0448a4', operation='UPDATE', pgid='pgtrigger_update_update_400b9', table='report_export', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "report_exportevent" ("asked_at", "asked_by_id", "attempts", "created_at", "error", "expired_at", "file", "finished_at", "format", "id", "include_unchecked", "inquiry_id", "layout", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previewed", "recalled_at", "recalled_because", "size", "snapshot_id", "started_at", "state") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."attempts", OLD."created_at", OLD."error", OLD."expired_at", OLD."file", OLD."finished_at", OLD."format", OLD."id", OLD."include_unchecked", OLD."inquiry_id", OLD."layout", OLD."parts", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."previewed", OLD."recalled_at", OLD."recalled_because", OLD."size", OLD."snapshot_id", OLD."started_at", OLD."state"); RETURN NULL;', hash='63f424c977a6b79deab98721bf34b724a901e195', operation='DELETE', pgid='pgtrigger_delete_delete_c560c', table='report_export', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ExportEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='report.export')),
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
                        ('layout', models.CharField(choices=[('appg', 'All-party group'), ('commons', 'House of Commons'), ('lords', 'House of Lords')], default='appg', max_length=10)),
                        ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, help_text="the layout's usual ones where empty", size=None)),
                        ('format', models.CharField(choices=[('html', 'Web page'), ('docx', 'Word (DOCX)'), ('odt', 'OpenDocument (ODT)'), ('pdf', 'PDF/UA'), ('xlsx', 'Workbook (XLSX)'), ('csv', 'Spreadsheet (CSV)'), ('json', 'Data (JSON)'), ('bib', 'References (BibTeX)'), ('ris', 'References (RIS)'), ('csljson', 'References (CSL-JSON)'), ('qdc', 'Codebook (REFI-QDA)'), ('qdpx', 'Coded project (REFI-QDA)')], max_length=10)),
                        ('include_unchecked', models.BooleanField(default=False, verbose_name='with unchecked quotes, marked as such')),
                        ('previewed', models.CharField(blank=True, help_text='digest of what its asker was shown before', max_length=64)),
                        ('snapshot', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='report.snapshot')),
                        ('file', models.FileField(blank=True, max_length=200, upload_to=report.models._kept_name)),
                        ('size', models.PositiveBigIntegerField(help_text='bytes', null=True)),
                        ('expired_at', models.DateTimeField(blank=True, null=True)),
                        ('recalled_at', models.DateTimeField(blank=True, null=True)),
                        ('recalled_because', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4e65e67cacb66f6dadd5ceb435f74fed1c8a61cd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fcd6f', table='report_exportevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ExportDownload',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('export', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='downloads', to='report.export')),
                        ('downloaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'download of an export',
                        'ordering': ('-created_at',),
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.export_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM report_export other\n                WHERE other.id = NEW.export_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'download of an export and its export belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='3bf8887e10fa3a2b327ad2c7980c6e4ab59f4e89', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_4adf0', table='report_exportdownload', when='BEFORE')), pgtrigger.compiler.Trigger(name='a_download_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='65ce1ff84eb9a203f5c864fe0828e1bd3e532a24', operation='UPDATE', pgid='pgtrigger_a_download_stands_3a6b6', table='report_exportdownload', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "report_exportdownloadevent" ("created_at", "downloaded_by_id", "export_id", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."downloaded_by_id", NEW."export_id", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='73794dd5ddc2985340b3cc178a81c741e99b39d6', operation='INSERT', pgid='pgtrigger_insert_insert_0b725', table='report_exportdownload', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "report_exportdownloadevent" ("created_at", "downloaded_by_id", "export_id", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."created_at", OLD."downloaded_by_id", OLD."export_id", OLD."id", OLD."inquiry_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='4ce0dd5a85b1329f885413aa2afa7ea664e392f0', operation='DELETE', pgid='pgtrigger_delete_delete_5886a', table='report_exportdownload', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ExportDownloadEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='report.exportdownload')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('export', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='report.export')),
                        ('downloaded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a8b55581c519dae15af0d5c81276c479f69967af', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_03197', table='report_exportdownloadevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PackDownload',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('format', models.CharField(choices=[('html', 'Web page'), ('docx', 'Word (DOCX)'), ('pdf', 'PDF/UA')], max_length=10)),
                        ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inquiry.theme')),
                        ('recommendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inquiry.recommendation')),
                        ('only', models.CharField(max_length=7, verbose_name='which evidence')),
                        ('downloaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'download of a meeting pack',
                        'ordering': ('-created_at',),
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.theme_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_theme other\n                WHERE other.id = NEW.theme_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'download of a meeting pack and its theme belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.recommendation_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_recommendation other\n                WHERE other.id = NEW.recommendation_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'download of a meeting pack and its recommendation belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='6f45ba42a06725c194fc0edd5e680eb758fb8bf9', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_a22ad', table='report_packdownload', when='BEFORE')), pgtrigger.compiler.Trigger(name='a_download_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='52029931279d64b5aa9807534886556ec660ff25', operation='UPDATE', pgid='pgtrigger_a_download_stands_9c77b', table='report_packdownload', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "report_packdownloadevent" ("created_at", "downloaded_by_id", "format", "id", "inquiry_id", "only", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "theme_id") VALUES (NEW."created_at", NEW."downloaded_by_id", NEW."format", NEW."id", NEW."inquiry_id", NEW."only", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recommendation_id", NEW."theme_id"); RETURN NULL;', hash='016302c3e50c604bd06aae836308d2d252393c53', operation='INSERT', pgid='pgtrigger_insert_insert_4445e', table='report_packdownload', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "report_packdownloadevent" ("created_at", "downloaded_by_id", "format", "id", "inquiry_id", "only", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "theme_id") VALUES (OLD."created_at", OLD."downloaded_by_id", OLD."format", OLD."id", OLD."inquiry_id", OLD."only", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recommendation_id", OLD."theme_id"); RETURN NULL;', hash='660af6e2a543f2249981c650905a1cbbefce175a', operation='DELETE', pgid='pgtrigger_delete_delete_f48e2', table='report_packdownload', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='PackDownloadEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='report.packdownload')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('format', models.CharField(choices=[('html', 'Web page'), ('docx', 'Word (DOCX)'), ('pdf', 'PDF/UA')], max_length=10)),
                        ('theme', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.theme')),
                        ('recommendation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.recommendation')),
                        ('only', models.CharField(max_length=7, verbose_name='which evidence')),
                        ('downloaded_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f365b4a63b80502ce3fb6d17026b9a8f6500a6e9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d69e1', table='report_packdownloadevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

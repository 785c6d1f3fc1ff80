import accounts.tables
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import evidence.importing.models
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('importing', '0001_initial')]

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
                    name='Batch',
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
                        ('stage', models.CharField(choices=[('checking', 'Being checked'), ('columns', 'Columns to be named'), ('checked', 'Waits for your word'), ('importing', 'Being imported'), ('imported', 'Imported'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('discarded', 'Not imported')], default='checking', max_length=10)),
                        ('name', models.CharField(max_length=255, verbose_name='file name')),
                        ('source', models.FileField(blank=True, max_length=200, upload_to=evidence.importing.models._kept_name)),
                        ('size', models.PositiveBigIntegerField(default=0, help_text='bytes')),
                        ('accept', models.BooleanField(default=False, verbose_name='accepted at once')),
                        ('headings', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, help_text="of the list's columns", size=None)),
                        ('sample', models.JSONField(default=list, help_text='the first rows below them, until it is imported')),
                        ('left_out', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, help_text='what was not used', size=None)),
                        ('rows', models.PositiveIntegerField(default=0)),
                        ('new', models.PositiveIntegerField(default=0)),
                        ('added', models.PositiveIntegerField(default=0)),
                        ('same', models.PositiveIntegerField(default=0)),
                        ('refused', models.PositiveIntegerField(default=0)),
                        ('new_people', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                        ('new_organisations', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                        ('chosen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('imported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('imported_at', models.DateTimeField(blank=True, null=True)),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'import',
                        'verbose_name_plural': 'imports',
                        'ordering': ('-id',),
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['checking', 'columns', 'checked', 'importing', 'imported', 'undoing', 'undone', 'discarded'])), name='known_stage_of_import'), models.CheckConstraint(condition=models.Q(('stage__in', ('checking', 'columns', 'checked', 'importing')), ('source', ''), _connector='OR'), name='source_kept_until_imported'), models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ('importing', 'imported')), _negated=True), ('refused', 0), _connector='OR'), name='imported_whole_or_not_at_all')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ", hash='3892c07564a21a55dee3995735b1dbd1df609053', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_7a0c0', table='importing_batch', when='BEFORE')), pgtrigger.compiler.Trigger(name='stages_of_an_import', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."stage", \':\', NEW."stage") = ANY(\'{checking:columns,checking:checked,columns:checking,checked:checking,checked:importing,importing:checking,importing:imported,imported:undoing,undoing:undone,undoing:imported,checking:discarded,columns:discarded,checked:discarded,importing:discarded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."stage" IS DISTINCT FROM NEW."stage") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "stage" from "%" to "%" on table %\', OLD."stage", NEW."stage", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='ed6e3fc464b3c408f5eccc87878874c0cd041598', operation='UPDATE', pgid='pgtrigger_stages_of_an_import_5a7db', table='importing_batch', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "importing_batchevent" ("accept", "added", "asked_at", "asked_by_id", "attempts", "chosen_by_id", "created_at", "error", "finished_at", "id", "imported_at", "imported_by_id", "inquiry_id", "left_out", "name", "new", "new_organisations", "new_people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refused", "rows", "same", "size", "source", "stage", "started_at", "state", "undone_at", "undone_by_id") VALUES (NEW."accept", NEW."added", NEW."asked_at", NEW."asked_by_id", NEW."attempts", NEW."chosen_by_id", NEW."created_at", NEW."error", NEW."finished_at", NEW."id", NEW."imported_at", NEW."imported_by_id", NEW."inquiry_id", NEW."left_out", NEW."name", NEW."new", NEW."new_organisations", NEW."new_people", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."refused", NEW."rows", NEW."same", NEW."size", NEW."source", NEW."stage", NEW."started_at", NEW."state", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='92e7168d149c4dc76ccc93a3cc276d62c63f06ad', operation='INSERT', pgid='pgtrigger_insert_insert_f1340', table='importing_batch', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accept" IS DISTINCT FROM (NEW."accept") OR OLD."added" IS DISTINCT FROM (NEW."added") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."chosen_by_id" IS DISTINCT FROM (NEW."chosen_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."error" IS DISTINCT FROM (NEW."error") OR OLD."finished_at" IS DISTINCT FROM (NEW."finished_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."imported_at" IS DISTINCT FROM (NEW."imported_at") OR OLD."imported_by_id" IS DISTINCT FROM (NEW."imported_by_id") OR OLD."inquiry_id" IS DISTINCT FROM (NEW."inquiry_id") OR OLD."left_out" IS DISTINCT FROM (NEW."left_out") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."new" IS DISTINCT FROM (NEW."new") OR OLD."new_organisations" IS DISTINCT FROM (NEW."new_organisations") OR OLD."new_people" IS DISTINCT FROM (NEW."new_people") OR OLD."refused" IS DISTINCT FROM (NEW."refused") OR OLD."rows" IS DISTINCT FROM (NEW."rows") OR OLD."same" IS DISTINCT FROM (NEW."same") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."undone_at" IS DISTINCT FROM (NEW."undone_at") OR OLD."undone_by_id" IS DISTINCT FROM (NEW."undone_by_id"))', func='INSERT INTO "importing_batchevent" ("accept", "added", "asked_at", "asked_by_id", "attempts", "chosen_by_id", "created_at", "error", "finished_at", "id", "imported_at", "imported_by_id", "inquiry_id", "left_out", "name", "new", "new_organisations", "new_people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refused", "rows", "same", "size", "source", "stage", "started_at", "state", "undone_at", "undone_by_id") VALUES (NEW."accept", NEW."added", NEW."asked_at", NEW."asked_by_id", NEW."attempts", NEW."chosen_by_id", NEW."created_at", NEW."error", NEW."finished_at", NEW."id", NEW."imported_at", NEW."imported_by_id", NEW."inquiry_id", NEW."left_out", NEW."name", NEW."new", NEW."new_organisations", NEW."new_people", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."refused", NEW."rows", NEW."same", NEW."size", NEW."source", NEW."stage", NEW."started_at", NEW."state", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='7f551b6ac650bb492207d8a0ba17c77942247066', operation='UPDATE', pgid='pgtrigger_update_update_74eff', table='importing_batch', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "importing_batchevent" ("accept", "added", "asked_at", "asked_by_id", "attempts", "chosen_by_id", "created_at", "error", "finished_at", "id", "imported_at", "imported_by_id", "inquiry_id", "left_out", "name", "new", "new_organisations", "new_people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refused", "rows", "same", "size", "source", "stage", "started_at", "state", "undone_at", "undone_by_id") VALUES (OLD."accept", OLD."added", OLD."asked_at", OLD."asked_by_id", OLD."attempts", OLD."chosen_by_id", OLD."created_at", OLD."error", OLD."finished_at", OLD."id", OLD."imported_at", OLD."imported_by_id", OLD."inquiry_id", OLD."left_out", OLD."name", OLD."new", OLD."new_organisations", OLD."new_people", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."refused", OLD."rows", OLD."same", OLD."size", OLD."source", OLD."stage", OLD."started_at", OLD."state", OLD."undone_at", OLD."undone_by_id"); RETURN NULL;', hash='2919a46a86e9922c5be767cefd987660b6affb23', operation='DELETE', pgid='pgtrigger_delete_delete_fff9f', table='importing_batch', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='BatchEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='importing.batch')),
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
                        ('stage', models.CharField(choices=[('checking', 'Being checked'), ('columns', 'Columns to be named'), ('checked', 'Waits for your word'), ('importing', 'Being imported'), ('imported', 'Imported'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('discarded', 'Not imported')], default='checking', max_length=10)),
                        ('name', models.CharField(max_length=255, verbose_name='file name')),
                        ('source', models.FileField(blank=True, max_length=200, upload_to=evidence.importing.models._kept_name)),
                        ('size', models.PositiveBigIntegerField(default=0, help_text='bytes')),
                        ('accept', models.BooleanField(default=False, verbose_name='accepted at once')),
                        ('left_out', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, help_text='what was not used', size=None)),
                        ('rows', models.PositiveIntegerField(default=0)),
                        ('new', models.PositiveIntegerField(default=0)),
                        ('added', models.PositiveIntegerField(default=0)),
                        ('same', models.PositiveIntegerField(default=0)),
                        ('refused', models.PositiveIntegerField(default=0)),
                        ('new_people', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                        ('new_organisations', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                        ('chosen_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('imported_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('imported_at', models.DateTimeField(blank=True, null=True)),
                        ('undone_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e87f85af96335c879be388caed3c0a19dd8f3a26', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a2b03', table='importing_batchevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='BatchRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='importing.batch')),
                        ('number', models.PositiveIntegerField(help_text='as a spreadsheet counts')),
                        ('outcome', models.CharField(choices=[('new', 'New'), ('added', 'File added'), ('same', 'Same as before'), ('refused', 'Refused')], max_length=10)),
                        ('reference', models.PositiveIntegerField(blank=True, null=True)),
                        ('label', models.TextField(blank=True)),
                        ('said', models.JSONField(default=dict)),
                        ('why', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                        ('digest', models.CharField(help_text='sha256 of what it said', max_length=64)),
                        ('submission', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='imported_from', to='submissions.submission')),
                        ('documents', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, help_text='that came in with it', size=None)),
                        ('left_as', models.CharField(blank=True, help_text='a sign of the submission as it was left', max_length=64)),
                    ],
                    options={
                        'verbose_name': 'row of an import',
                        'verbose_name_plural': 'rows of imports',
                        'ordering': ('batch', 'number'),
                        'abstract': False,
                        'indexes': [models.Index(fields=['inquiry', 'digest'], name='rows_by_what_they_say')],
                        'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='one_row_per_number'), models.CheckConstraint(condition=models.Q(('outcome__in', ['new', 'added', 'same', 'refused'])), name='known_outcome')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.batch_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM importing_batch other\n                WHERE other.id = NEW.batch_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'row of an import and its batch belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.submission_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM submissions_submission other\n                WHERE other.id = NEW.submission_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'row of an import and its submission belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='1694ec862935abb22fd6114c488d48036a8cf1ec', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_4089a', table='importing_batchrow', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "importing_batchrowevent" ("batch_id", "created_at", "digest", "documents", "id", "inquiry_id", "left_as", "number", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "submission_id") VALUES (NEW."batch_id", NEW."created_at", NEW."digest", NEW."documents", NEW."id", NEW."inquiry_id", NEW."left_as", NEW."number", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."submission_id"); RETURN NULL;', hash='bd097fe7e5a5334876047deaf6127b1130ad59d5', operation='INSERT', pgid='pgtrigger_insert_insert_0697e', table='importing_batchrow', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."batch_id" IS DISTINCT FROM (NEW."batch_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."documents" IS DISTINCT FROM (NEW."documents") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inquiry_id" IS DISTINCT FROM (NEW."inquiry_id") OR OLD."left_as" IS DISTINCT FROM (NEW."left_as") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."submission_id" IS DISTINCT FROM (NEW."submission_id"))', func='INSERT INTO "importing_batchrowevent" ("batch_id", "created_at", "digest", "documents", "id", "inquiry_id", "left_as", "number", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "submission_id") VALUES (NEW."batch_id", NEW."created_at", NEW."digest", NEW."documents", NEW."id", NEW."inquiry_id", NEW."left_as", NEW."number", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."submission_id"); RETURN NULL;', hash='a96b7168e961c9c98241b9d328a00c68faaa8a55', operation='UPDATE', pgid='pgtrigger_update_update_32ca0', table='importing_batchrow', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "importing_batchrowevent" ("batch_id", "created_at", "digest", "documents", "id", "inquiry_id", "left_as", "number", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "submission_id") VALUES (OLD."batch_id", OLD."created_at", OLD."digest", OLD."documents", OLD."id", OLD."inquiry_id", OLD."left_as", OLD."number", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."submission_id"); RETURN NULL;', hash='541a0c9f373234447ce199f3bd0537fd1f874dcd', operation='DELETE', pgid='pgtrigger_delete_delete_29a25', table='importing_batchrow', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='BatchRowEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='importing.batchrow')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('batch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='importing.batch')),
                        ('number', models.PositiveIntegerField(help_text='as a spreadsheet counts')),
                        ('outcome', models.CharField(choices=[('new', 'New'), ('added', 'File added'), ('same', 'Same as before'), ('refused', 'Refused')], max_length=10)),
                        ('reference', models.PositiveIntegerField(blank=True, null=True)),
                        ('digest', models.CharField(help_text='sha256 of what it said', max_length=64)),
                        ('submission', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='submissions.submission')),
                        ('documents', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, help_text='that came in with it', size=None)),
                        ('left_as', models.CharField(blank=True, help_text='a sign of the submission as it was left', max_length=64)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='71232804a659aa969596ccc453b254fb4068880f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a78e9', table='importing_batchrowevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ColumnMeaning',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('heading', models.CharField(max_length=300)),
                        ('column', models.CharField(blank=True, choices=[('reference', 'Reference'), ('submitter', 'Submitter'), ('organisation', 'Organisation'), ('sector', 'Sector'), ('received', 'Received'), ('decision', 'Decision'), ('file', 'File'), ('text', 'Text')], max_length=20)),
                    ],
                    options={
                        'verbose_name': 'meaning of a column',
                        'verbose_name_plural': 'meanings of columns',
                        'ordering': ('heading',),
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('inquiry', 'heading'), name='one_meaning_per_heading'), models.CheckConstraint(condition=models.Q(('column__in', ['', 'reference', 'submitter', 'organisation', 'sector', 'received', 'decision', 'file', 'text'])), name='known_column')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ", hash='173f0774ef3b6a0c7db4838e223adc75b44e1eae', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_9f01e', table='importing_columnmeaning', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "importing_columnmeaningevent" ("column", "created_at", "heading", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."column", NEW."created_at", NEW."heading", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='fedb41b8904114222e98f9f8a5600a012d2b487a', operation='INSERT', pgid='pgtrigger_insert_insert_4dc9b', table='importing_columnmeaning', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "importing_columnmeaningevent" ("column", "created_at", "heading", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."column", NEW."created_at", NEW."heading", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='9b7da958038349ffe9427d23ee4894f6ccd168a2', operation='UPDATE', pgid='pgtrigger_update_update_52697', table='importing_columnmeaning', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "importing_columnmeaningevent" ("column", "created_at", "heading", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."column", OLD."created_at", OLD."heading", OLD."id", OLD."inquiry_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='3c8517a448b9ca66eac4eef792231f7ae3d26842', operation='DELETE', pgid='pgtrigger_delete_delete_59744', table='importing_columnmeaning', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ColumnMeaningEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='importing.columnmeaning')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('heading', models.CharField(max_length=300)),
                        ('column', models.CharField(blank=True, choices=[('reference', 'Reference'), ('submitter', 'Submitter'), ('organisation', 'Organisation'), ('sector', 'Sector'), ('received', 'Received'), ('decision', 'Decision'), ('file', 'File'), ('text', 'Text')], max_length=20)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c69488a2c7412afd7b6b28ab62fc036fc09cad8f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c28bc', table='importing_columnmeaningevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

import accounts.tables
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
import evidence.documents.models
import inquiry.models.records
import inquiry.words
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0002_initial'), ('documents', '0003_passages_at_once'), ('documents', '0004_found_by_words'), ('documents', '0005_redactions_known_by_quotes')]

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
                    name='Document',
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
                        ('file', models.FileField(max_length=200, upload_to=evidence.documents.models._kept_name)),
                        ('sha256', models.CharField(max_length=64)),
                        ('size', models.PositiveBigIntegerField(help_text='bytes')),
                        ('kind', models.CharField(help_text='What its content is: pdf, docx, text and so on.', max_length=10)),
                        ('name', models.CharField(max_length=255, verbose_name='file name')),
                        ('came_in', models.ForeignKey(blank=True, help_text='the e-mail that held it', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='attached', to='documents.document')),
                        ('scan', models.CharField(blank=True, choices=[('', 'Not scanned'), ('clean', 'No virus found'), ('infected', 'Infected')], default='', max_length=10)),
                        ('scan_found', models.CharField(blank=True, help_text='what the virus scanner calls it', max_length=200)),
                        ('scanned_at', models.DateTimeField(blank=True, null=True)),
                        ('intake_notes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None)),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('inquiry', 'sha256'), name='one_document_per_content'), models.UniqueConstraint(fields=('id', 'inquiry'), name='document_of_its_inquiry'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='sha256_of_document'), models.CheckConstraint(condition=models.Q(('scan__in', ['', 'clean', 'infected'])), name='known_scan'), models.CheckConstraint(condition=models.Q(('scan', 'infected'), ('state', 'done'), _negated=True), name='infected_is_not_read')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.came_in_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM documents_document other\n                WHERE other.id = NEW.came_in_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'document and its came_in belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='3dd1aa9ddb7144b2dfb9c5642847eca26fd4a4e2', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_c2a5c', table='documents_document', when='BEFORE')), pgtrigger.compiler.Trigger(name='kept_as_received', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."name" IS DISTINCT FROM (NEW."name"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c1f26c04853dce3837bd74524c89c9031111df7f', operation='UPDATE', pgid='pgtrigger_kept_as_received_b37ee', table='documents_document', when='BEFORE')), pgtrigger.compiler.Trigger(name='read_again_names_are_looked_for_again', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'waiting\')', func="\n        UPDATE submissions_submission SET cleared_at = NULL, cleared_by_id = NULL, cleared_because = ''\n        WHERE cleared_at IS NOT NULL\n        AND id IN (SELECT submission_id FROM submissions_submissionfile WHERE document_id = NEW.id);\n        RETURN NULL;\n    ", hash='863b9bca2d7f91958735a5a2d5761ad24c70504b', operation='UPDATE OF "state"', pgid='pgtrigger_read_again_names_are_looked_for_again_788c3', table='documents_document', when='AFTER')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_documentevent" ("asked_at", "asked_by_id", "attempts", "came_in_id", "created_at", "error", "file", "finished_at", "id", "inquiry_id", "intake_notes", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scan", "scan_found", "scanned_at", "sha256", "size", "started_at", "state") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."attempts", NEW."came_in_id", NEW."created_at", NEW."error", NEW."file", NEW."finished_at", NEW."id", NEW."inquiry_id", NEW."intake_notes", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scan", NEW."scan_found", NEW."scanned_at", NEW."sha256", NEW."size", NEW."started_at", NEW."state"); RETURN NULL;', hash='283d8185731a022b3914cdce04e3bcad8025e4bb', operation='INSERT', pgid='pgtrigger_insert_insert_be524', table='documents_document', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."came_in_id" IS DISTINCT FROM (NEW."came_in_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."error" IS DISTINCT FROM (NEW."error") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."finished_at" IS DISTINCT FROM (NEW."finished_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inquiry_id" IS DISTINCT FROM (NEW."inquiry_id") OR OLD."intake_notes" IS DISTINCT FROM (NEW."intake_notes") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."scan" IS DISTINCT FROM (NEW."scan") OR OLD."scan_found" IS DISTINCT FROM (NEW."scan_found") OR OLD."scanned_at" IS DISTINCT FROM (NEW."scanned_at") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "documents_documentevent" ("asked_at", "asked_by_id", "attempts", "came_in_id", "created_at", "error", "file", "finished_at", "id", "inquiry_id", "intake_notes", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scan", "scan_found", "scanned_at", "sha256", "size", "started_at", "state") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."attempts", NEW."came_in_id", NEW."created_at", NEW."error", NEW."file", NEW."finished_at", NEW."id", NEW."inquiry_id", NEW."intake_notes", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scan", NEW."scan_found", NEW."scanned_at", NEW."sha256", NEW."size", NEW."started_at", NEW."state"); RETURN NULL;', hash='c6811c30d813b1545f8a7d5191ac214c5d949a6d', operation='UPDATE', pgid='pgtrigger_update_update_a3ed6', table='documents_document', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_documentevent" ("asked_at", "asked_by_id", "attempts", "came_in_id", "created_at", "error", "file", "finished_at", "id", "inquiry_id", "intake_notes", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scan", "scan_found", "scanned_at", "sha256", "size", "started_at", "state") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."attempts", OLD."came_in_id", OLD."created_at", OLD."error", OLD."file", OLD."finished_at", OLD."id", OLD."inquiry_id", OLD."intake_notes", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scan", OLD."scan_found", OLD."scanned_at", OLD."sha256", OLD."size", OLD."started_at", OLD."state"); RETURN NULL;', hash='97c180640c6210ec21a42d84659c6d2a7e3d9ce5', operation='DELETE', pgid='pgtrigger_delete_delete_0c008', table='documents_document', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='DocumentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.document')),
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
                        ('file', models.FileField(max_length=200, upload_to=evidence.documents.models._kept_name)),
                        ('sha256', models.CharField(max_length=64)),
                        ('size', models.PositiveBigIntegerField(help_text='bytes')),
                        ('kind', models.CharField(help_text='What its content is: pdf, docx, text and so on.', max_length=10)),
                        ('name', models.CharField(max_length=255, verbose_name='file name')),
                        ('came_in', models.ForeignKey(blank=True, db_constraint=False, help_text='the e-mail that held it', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document')),
                        ('scan', models.CharField(blank=True, choices=[('', 'Not scanned'), ('clean', 'No virus found'), ('infected', 'Infected')], default='', max_length=10)),
                        ('scan_found', models.CharField(blank=True, help_text='what the virus scanner calls it', max_length=200)),
                        ('scanned_at', models.DateTimeField(blank=True, null=True)),
                        ('intake_notes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='401291d04b3fa5f3d2b51241f67950bd6896846e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9e7ed', table='documents_documentevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Download',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='downloads', to='documents.document')),
                        ('downloaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ('-id',),
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.document_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM documents_document other\n                WHERE other.id = NEW.document_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'download and its document belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='fc3dd46f136d98c25647a27b60c50aa7b0c9d5e9', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_ea22f', table='documents_download', when='BEFORE')), pgtrigger.compiler.Trigger(name='a_download_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='874e7c8f5b3b4149d1c5b1e08165c5c1d4f176cc', operation='UPDATE', pgid='pgtrigger_a_download_stands_5433b', table='documents_download', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_downloadevent" ("created_at", "document_id", "downloaded_by_id", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."document_id", NEW."downloaded_by_id", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='7ab4734dfb9f0611c616144d9a972f711a695fd6', operation='INSERT', pgid='pgtrigger_insert_insert_a52b4', table='documents_download', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_downloadevent" ("created_at", "document_id", "downloaded_by_id", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."created_at", OLD."document_id", OLD."downloaded_by_id", OLD."id", OLD."inquiry_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='001bea8295c318f28c8cdf299856e1510c2d3c0f', operation='DELETE', pgid='pgtrigger_delete_delete_153ed', table='documents_download', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='DownloadEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.download')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document')),
                        ('downloaded_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f899718baccb3b07b48f6941c73d945e765d88a9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c2dc8', table='documents_downloadevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Passage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='inquiry.inquiry')),
                        ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='documents.document')),
                        ('position', models.PositiveIntegerField(help_text='its place in the document, from 1')),
                        ('kind', models.CharField(choices=[('turn', 'Turn'), ('heading', 'Heading'), ('paragraph', 'Paragraph'), ('item', 'List item'), ('row', 'Table row')], default='paragraph', max_length=10)),
                        ('level', models.PositiveSmallIntegerField(default=0)),
                        ('number', models.CharField(blank=True, help_text="the source's own number, or in order", max_length=20)),
                        ('page', models.PositiveIntegerField(blank=True, null=True)),
                        ('speaker', models.CharField(blank=True, help_text='as printed, in a transcript', max_length=200)),
                        ('question', models.PositiveIntegerField(blank=True, help_text='under which it was said', null=True)),
                        ('time_code', models.DurationField(blank=True, help_text='where in the recording', null=True)),
                        ('received_text', models.TextField(help_text='the words as received')),
                        ('open_text', models.TextField(editable=False, help_text='the words with redactions blacked out')),
                        ('found_by', inquiry.words.FoundBy(text='open_text')),
                    ],
                    options={
                        'ordering': ('document', 'position'),
                        'abstract': False,
                        'base_manager_name': 'objects',
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['found_by'], name='passages_by_words'), django.contrib.postgres.indexes.GinIndex(inquiry.words.Words('received_text'), condition=models.Q(('received_text', models.F('open_text')), _negated=True), name='redacted_passages_by_words')],
                        'constraints': [models.UniqueConstraint(fields=('document', 'position'), name='one_passage_per_place'), models.CheckConstraint(condition=models.Q(('kind__in', ['turn', 'heading', 'paragraph', 'item', 'row'])), name='known_passage_kind'), models.CheckConstraint(condition=models.Q(('received_text', ''), _negated=True), name='passage_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'turn'), _negated=True), models.Q(('speaker', ''), _negated=True), _connector='OR'), name='turn_has_a_speaker'), inquiry.models.records.OfItsInquiry(field='document', name='passage_of_its_document')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.document_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM documents_document other\n                WHERE other.id = NEW.document_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'passage and its document belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='807f18ffd64bb930c56d612b89f0dd9c40f28621', operation='UPDATE', pgid='pgtrigger_same_inquiry_17f60', table='documents_passage', when='BEFORE')), pgtrigger.compiler.Trigger(name='words_stand', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."received_text" IS DISTINCT FROM (NEW."received_text") OR OLD."speaker" IS DISTINCT FROM (NEW."speaker") OR OLD."question" IS DISTINCT FROM (NEW."question"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a27166012e7100083dec5fb9a120ee74c6a2b377', operation='UPDATE', pgid='pgtrigger_words_stand_10964', table='documents_passage', when='BEFORE')), pgtrigger.compiler.Trigger(name='open_until_redacted', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."open_text" IS DISTINCT FROM (NEW."received_text"))', func='NEW.open_text := NEW.received_text; RETURN NEW;', hash='16cba0521adcd26211ec40d13a7952cf8fa286bf', operation='INSERT', pgid='pgtrigger_open_until_redacted_c9062', table='documents_passage', when='BEFORE')), pgtrigger.compiler.Trigger(name='open_but_for_redactions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE r record;', func='\n                    NEW.open_text := NEW.received_text;\n                    FOR r IN SELECT start, "end" FROM documents_redaction WHERE passage_id = NEW.id LOOP\n                        NEW.open_text := overlay(\n                            NEW.open_text PLACING repeat(\'█\', r."end" - r.start) FROM r.start + 1 FOR r."end" - r.start\n                        );\n                    END LOOP;\n                    RETURN NEW;\n                ', hash='7cc1c65f062752aced1ecb7d1380df08a92880b8', operation='UPDATE OF "open_text"', pgid='pgtrigger_open_but_for_redactions_faae4', table='documents_passage', when='BEFORE')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inquiry_id" IS DISTINCT FROM (NEW."inquiry_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."open_text" IS DISTINCT FROM (NEW."open_text") OR OLD."page" IS DISTINCT FROM (NEW."page") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."question" IS DISTINCT FROM (NEW."question") OR OLD."received_text" IS DISTINCT FROM (NEW."received_text") OR OLD."speaker" IS DISTINCT FROM (NEW."speaker") OR OLD."time_code" IS DISTINCT FROM (NEW."time_code"))', func='INSERT INTO "documents_passageevent" ("created_at", "document_id", "id", "inquiry_id", "kind", "level", "number", "open_text", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "question", "received_text", "speaker", "time_code") VALUES (NEW."created_at", NEW."document_id", NEW."id", NEW."inquiry_id", NEW."kind", NEW."level", NEW."number", NEW."open_text", NEW."page", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."question", NEW."received_text", NEW."speaker", NEW."time_code"); RETURN NULL;', hash='6804f446eaa73333f68a98796aca08904ea3dddb', operation='UPDATE', pgid='pgtrigger_update_update_68fd2', table='documents_passage', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_passageevent" ("created_at", "document_id", "id", "inquiry_id", "kind", "level", "number", "open_text", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "question", "received_text", "speaker", "time_code") VALUES (OLD."created_at", OLD."document_id", OLD."id", OLD."inquiry_id", OLD."kind", OLD."level", OLD."number", OLD."open_text", OLD."page", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."question", OLD."received_text", OLD."speaker", OLD."time_code"); RETURN NULL;', hash='07535ccdd8d7ee65928e008d1ea4be4f2ebda52d', operation='DELETE', pgid='pgtrigger_delete_delete_00fd2', table='documents_passage', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='PassageEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.passage')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document')),
                        ('position', models.PositiveIntegerField(help_text='its place in the document, from 1')),
                        ('kind', models.CharField(choices=[('turn', 'Turn'), ('heading', 'Heading'), ('paragraph', 'Paragraph'), ('item', 'List item'), ('row', 'Table row')], default='paragraph', max_length=10)),
                        ('level', models.PositiveSmallIntegerField(default=0)),
                        ('number', models.CharField(blank=True, help_text="the source's own number, or in order", max_length=20)),
                        ('page', models.PositiveIntegerField(blank=True, null=True)),
                        ('speaker', models.CharField(blank=True, help_text='as printed, in a transcript', max_length=200)),
                        ('question', models.PositiveIntegerField(blank=True, help_text='under which it was said', null=True)),
                        ('time_code', models.DurationField(blank=True, help_text='where in the recording', null=True)),
                        ('received_text', models.TextField(help_text='the words as received')),
                        ('open_text', models.TextField(editable=False, help_text='the words with redactions blacked out')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='52262e6ec997dff695b364814edf4e8230d04710', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6eadd', table='documents_passageevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Redaction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='redactions', to='documents.passage')),
                        ('start', models.PositiveIntegerField(help_text='code points before the first redacted character')),
                        ('end', models.PositiveIntegerField(help_text='code points before the first character after it')),
                        ('reason', models.CharField(max_length=300)),
                    ],
                    options={
                        'ordering': ('passage', 'start'),
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='redacts_words')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.passage_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM documents_passage other\n                WHERE other.id = NEW.passage_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'redaction and its passage belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='76ccbb2b8abec3f2f9363faa3e3fd671f11b8db9', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_13919', table='documents_redaction', when='BEFORE')), pgtrigger.compiler.Trigger(name='within_its_passage', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    IF NEW."end" > (SELECT char_length(received_text) FROM documents_passage WHERE id = NEW.passage_id)\n                    THEN\n                        RAISE EXCEPTION \'A redaction lies within its passage.\' USING ERRCODE = \'check_violation\';\n                    END IF;\n                    RETURN NEW;\n                ', hash='2f560d371138648f02292150c6b364be19247083', operation='INSERT OR UPDATE', pgid='pgtrigger_within_its_passage_5680c', table='documents_redaction', when='BEFORE')), pgtrigger.compiler.Trigger(name='stays_in_its_passage', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."passage_id" IS DISTINCT FROM (NEW."passage_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f7c934c8f753641fdd8d788f107244a09db9b341', operation='UPDATE', pgid='pgtrigger_stays_in_its_passage_bb52c', table='documents_redaction', when='BEFORE')), pgtrigger.compiler.Trigger(name='lifted_names_are_looked_for_again', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        UPDATE submissions_submission SET cleared_at = NULL, cleared_by_id = NULL, cleared_because = ''\n        WHERE cleared_at IS NOT NULL\n        AND id IN (SELECT submission_id FROM submissions_submissionfile WHERE document_id = (SELECT document_id FROM documents_passage WHERE id = OLD.passage_id));\n        RETURN NULL;\n    ", hash='2bf9979502193be319d1d811754ff22b63771400', operation='DELETE OR UPDATE', pgid='pgtrigger_lifted_names_are_looked_for_again_a388b', table='documents_redaction', when='AFTER')), pgtrigger.compiler.Trigger(name='blacks_out', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE place bigint;', func="\n                    place := CASE WHEN TG_OP = 'DELETE' THEN OLD.passage_id ELSE NEW.passage_id END;\n                    UPDATE documents_passage SET open_text = received_text WHERE id = place;\n                    UPDATE quotes_quote q SET redacted = q.redacted\n                    FROM documents_passage p, documents_passage f, documents_passage l\n                    WHERE p.id = place AND f.document_id = p.document_id AND f.position <= p.position\n                    AND q.first_passage_id = f.id AND l.id = q.last_passage_id AND l.position >= p.position;\n                    RETURN NULL;\n                ", hash='c1094b91172b90f4e224acc570123e966d1a7b5c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_blacks_out_737cd', table='documents_redaction', when='AFTER')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_redactionevent" ("created_at", "end", "id", "inquiry_id", "passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "start") VALUES (NEW."created_at", NEW."end", NEW."id", NEW."inquiry_id", NEW."passage_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."start"); RETURN NULL;', hash='3c63b2a21df8952c04083f702a06b8c681668048', operation='INSERT', pgid='pgtrigger_insert_insert_8e622', table='documents_redaction', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "documents_redactionevent" ("created_at", "end", "id", "inquiry_id", "passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "start") VALUES (NEW."created_at", NEW."end", NEW."id", NEW."inquiry_id", NEW."passage_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."start"); RETURN NULL;', hash='d70fcc2af63812b5f44cc031f5700a45b92d3605', operation='UPDATE', pgid='pgtrigger_update_update_ae99c', table='documents_redaction', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_redactionevent" ("created_at", "end", "id", "inquiry_id", "passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "start") VALUES (OLD."created_at", OLD."end", OLD."id", OLD."inquiry_id", OLD."passage_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."start"); RETURN NULL;', hash='6a822d620c003495cca720bad4b69963c34d1d38', operation='DELETE', pgid='pgtrigger_delete_delete_78ae8', table='documents_redaction', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='RedactionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.redaction')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('passage', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.passage')),
                        ('start', models.PositiveIntegerField(help_text='code points before the first redacted character')),
                        ('end', models.PositiveIntegerField(help_text='code points before the first character after it')),
                        ('reason', models.CharField(max_length=300)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9d8d23492b2588dcdfac82ea6184f0ed211b7923', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e6d7c', table='documents_redactionevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

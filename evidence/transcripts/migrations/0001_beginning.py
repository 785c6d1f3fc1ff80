import accounts.tables
import django.db.models.deletion
import django.utils.timezone
import evidence.transcripts.models
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('transcripts', '0001_initial'), ('transcripts', '0002_initial')]

    initial = True

    dependencies = [
        ('documents', '0001_beginning'),
        ('inquiry', '0001_beginning'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('witnesses', '0001_beginning'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        accounts.tables.Tables(
            tables=[
                migrations.CreateModel(
                    name='Transcript',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transcripts', to='inquiry.session')),
                        ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='transcript', to='documents.document')),
                        ('version', models.PositiveSmallIntegerField()),
                        ('corrected', models.BooleanField(default=False)),
                        ('replaced_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('session', 'version'),
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('session', 'version'), name='one_transcript_per_version'), models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('session',), name='one_transcript_counts')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.session_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_session other\n                WHERE other.id = NEW.session_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'transcript and its session belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.document_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM documents_document other\n                WHERE other.id = NEW.document_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'transcript and its document belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='e93f95bd6b303d355d1bf7169ba166c5a265ebf8', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_cba46', table='transcripts_transcript', when='BEFORE')), pgtrigger.compiler.Trigger(name='a_version_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bf48d58ea3c86bd5d6d48b704ae47c00e6b7eab7', operation='UPDATE', pgid='pgtrigger_a_version_stays_82a02', table='transcripts_transcript', when='BEFORE')), pgtrigger.compiler.Trigger(name='none_under_the_rule', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            PERFORM 1 FROM inquiry_session WHERE id = NEW.session_id FOR SHARE;\n            IF EXISTS (SELECT FROM inquiry_session WHERE id = NEW.session_id AND rule = 'chatham_house') THEN\n                RAISE EXCEPTION 'Held under the Chatham House Rule: no transcript may be kept.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='53546d66b477e851d572e9a9471de93fae954286', operation='INSERT OR UPDATE', pgid='pgtrigger_none_under_the_rule_05137', table='transcripts_transcript', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "transcripts_transcriptevent" ("corrected", "created_at", "document_id", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_at", "session_id", "version") VALUES (NEW."corrected", NEW."created_at", NEW."document_id", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."replaced_at", NEW."session_id", NEW."version"); RETURN NULL;', hash='8130588927b6fff2ce4a0134dd3f027b9b930834', operation='INSERT', pgid='pgtrigger_insert_insert_4c145', table='transcripts_transcript', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "transcripts_transcriptevent" ("corrected", "created_at", "document_id", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_at", "session_id", "version") VALUES (NEW."corrected", NEW."created_at", NEW."document_id", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."replaced_at", NEW."session_id", NEW."version"); RETURN NULL;', hash='e247ad04586c7088f2ccbe41826ddc55cf751c6c', operation='UPDATE', pgid='pgtrigger_update_update_16336', table='transcripts_transcript', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "transcripts_transcriptevent" ("corrected", "created_at", "document_id", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_at", "session_id", "version") VALUES (OLD."corrected", OLD."created_at", OLD."document_id", OLD."id", OLD."inquiry_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replaced_at", OLD."session_id", OLD."version"); RETURN NULL;', hash='6500d0dbfb54f6af4702f50140e2433689532f42', operation='DELETE', pgid='pgtrigger_delete_delete_64aff', table='transcripts_transcript', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='TranscriptEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='transcripts.transcript')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.session')),
                        ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document')),
                        ('version', models.PositiveSmallIntegerField()),
                        ('corrected', models.BooleanField(default=False)),
                        ('replaced_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='88a9944b638751c745180bc168a3ef0c7516f483', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d76ae', table='transcripts_transcriptevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Part',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('transcript', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='transcripts.transcript')),
                        ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transcribed', to='inquiry.panel')),
                        ('first_position', models.PositiveIntegerField(help_text='of its passages in the document')),
                        ('last_position', models.PositiveIntegerField()),
                    ],
                    options={
                        'verbose_name': 'part of a transcript',
                        'verbose_name_plural': 'parts of transcripts',
                        'ordering': ('transcript', 'first_position'),
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('transcript', 'panel'), name='one_part_per_panel'), models.CheckConstraint(condition=models.Q(('first_position__lte', models.F('last_position'))), name='part_has_passages')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.transcript_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM transcripts_transcript other\n                WHERE other.id = NEW.transcript_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'part of a transcript and its transcript belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.panel_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_panel other\n                WHERE other.id = NEW.panel_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'part of a transcript and its panel belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='2a32ee29cebc48209a8bcb0bae47b90d7b127f7e', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_8427b', table='transcripts_part', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_one_under_the_rule', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."panel_id" IS NOT NULL)', func="\n            PERFORM 1 FROM inquiry_session s JOIN inquiry_panel p ON p.session_id = s.id\n                WHERE p.id = NEW.panel_id FOR SHARE;\n            IF EXISTS (\n                SELECT FROM inquiry_session s JOIN inquiry_panel p ON p.session_id = s.id\n                WHERE p.id = NEW.panel_id AND 'chatham_house' IN (s.rule, p.rule)\n            ) THEN\n                RAISE EXCEPTION 'Held under the Chatham House Rule: no words may be kept.' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='5806403b8535ca002e4141c185eb723658b517e2', operation='INSERT OR UPDATE', pgid='pgtrigger_no_one_under_the_rule_35473', table='transcripts_part', when='BEFORE')), pgtrigger.compiler.Trigger(name='of_its_session', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT FROM transcripts_transcript t JOIN inquiry_panel p ON p.session_id = t.session_id\n                        WHERE t.id = NEW.transcript_id AND p.id = NEW.panel_id\n                    ) THEN\n                        RAISE EXCEPTION 'A part of a transcript is of a panel of its session.'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='3401798675fa3d29097dbf36dc33d8c4b1ec6ae4', operation='INSERT OR UPDATE', pgid='pgtrigger_of_its_session_f336e', table='transcripts_part', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "transcripts_partevent" ("created_at", "first_position", "id", "inquiry_id", "last_position", "panel_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "transcript_id") VALUES (NEW."created_at", NEW."first_position", NEW."id", NEW."inquiry_id", NEW."last_position", NEW."panel_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."transcript_id"); RETURN NULL;', hash='d99216b7f7c295541ce6f4976d0f7d5e010a0040', operation='INSERT', pgid='pgtrigger_insert_insert_5fb7d', table='transcripts_part', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "transcripts_partevent" ("created_at", "first_position", "id", "inquiry_id", "last_position", "panel_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "transcript_id") VALUES (NEW."created_at", NEW."first_position", NEW."id", NEW."inquiry_id", NEW."last_position", NEW."panel_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."transcript_id"); RETURN NULL;', hash='bfc8a738151ca4f09cfb60b480b46cc1d89d76cd', operation='UPDATE', pgid='pgtrigger_update_update_2003a', table='transcripts_part', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "transcripts_partevent" ("created_at", "first_position", "id", "inquiry_id", "last_position", "panel_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "transcript_id") VALUES (OLD."created_at", OLD."first_position", OLD."id", OLD."inquiry_id", OLD."last_position", OLD."panel_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."transcript_id"); RETURN NULL;', hash='34123c62a95bd7b5778c39a08f5b3bda40e09049', operation='DELETE', pgid='pgtrigger_delete_delete_e54f6', table='transcripts_part', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='PartEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='transcripts.part')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('transcript', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='transcripts.transcript')),
                        ('panel', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.panel')),
                        ('first_position', models.PositiveIntegerField(help_text='of its passages in the document')),
                        ('last_position', models.PositiveIntegerField()),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d4552098b20447f88daf37ddd49906073d492aa5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1f8f7', table='transcripts_partevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Speaker',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speakers', to='transcripts.part')),
                        ('printed', models.CharField(max_length=200)),
                        ('appearance', models.ForeignKey(blank=True, help_text='where a witness', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spoke_as', to='witnesses.appearance')),
                        ('name', models.CharField(blank=True, help_text='in full, where it is nobody on the panel', max_length=200)),
                    ],
                    options={
                        'ordering': ('part', 'printed'),
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('part', 'printed'), name='one_speaker_per_printed_name'), models.CheckConstraint(condition=models.Q(('printed', ''), _negated=True), name='speaker_is_printed')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.part_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM transcripts_part other\n                WHERE other.id = NEW.part_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'speaker and its part belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.appearance_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM witnesses_appearance other\n                WHERE other.id = NEW.appearance_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'speaker and its appearance belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='c783dd163a0cb6d82e14e7c51d00bd9f3d14d16f', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_8f2e9', table='transcripts_speaker', when='BEFORE')), pgtrigger.compiler.Trigger(name='witness_of_its_panel', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."appearance_id" IS NOT NULL)', func="\n                    IF NOT EXISTS (\n                        SELECT FROM transcripts_part p JOIN witnesses_appearance a ON a.panel_id = p.panel_id\n                        WHERE p.id = NEW.part_id AND a.id = NEW.appearance_id\n                    ) THEN\n                        RAISE EXCEPTION 'A witness speaks on their own panel.' USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='1ba1e52c63daa24f3a71b32deddaa2652ef826d5', operation='INSERT OR UPDATE', pgid='pgtrigger_witness_of_its_panel_92d6b', table='transcripts_speaker', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "transcripts_speakerevent" ("appearance_id", "created_at", "id", "inquiry_id", "name", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed") VALUES (NEW."appearance_id", NEW."created_at", NEW."id", NEW."inquiry_id", NEW."name", NEW."part_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."printed"); RETURN NULL;', hash='91f205dab8dbae601ccd5d4d6edb04673e978e75', operation='INSERT', pgid='pgtrigger_insert_insert_db299', table='transcripts_speaker', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "transcripts_speakerevent" ("appearance_id", "created_at", "id", "inquiry_id", "name", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed") VALUES (NEW."appearance_id", NEW."created_at", NEW."id", NEW."inquiry_id", NEW."name", NEW."part_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."printed"); RETURN NULL;', hash='c166acd62175f749b5e383193ffa4163ec2be4ac', operation='UPDATE', pgid='pgtrigger_update_update_bdc42', table='transcripts_speaker', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "transcripts_speakerevent" ("appearance_id", "created_at", "id", "inquiry_id", "name", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed") VALUES (OLD."appearance_id", OLD."created_at", OLD."id", OLD."inquiry_id", OLD."name", OLD."part_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."printed"); RETURN NULL;', hash='d271e541e639dd70a6e9e39fa33a2dd4865b5ddd', operation='DELETE', pgid='pgtrigger_delete_delete_ecf0a', table='transcripts_speaker', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='SpeakerEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='transcripts.speaker')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('part', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='transcripts.part')),
                        ('printed', models.CharField(max_length=200)),
                        ('appearance', models.ForeignKey(blank=True, db_constraint=False, help_text='where a witness', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='witnesses.appearance')),
                        ('name', models.CharField(blank=True, help_text='in full, where it is nobody on the panel', max_length=200)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1f7b28260eb99514b740620a893e168984a971b3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4e5ca', table='transcripts_speakerevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Draft',
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
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transcript_drafts', to='inquiry.session')),
                        ('corrected', models.BooleanField(default=False)),
                        ('file', models.FileField(max_length=200, upload_to=evidence.transcripts.models._draft_name)),
                        ('sha256', models.CharField(max_length=64)),
                        ('name', models.CharField(max_length=255, verbose_name='file name')),
                        ('reading', models.JSONField(default=dict, help_text='the transcript as it was read')),
                    ],
                    options={
                        'verbose_name': 'draft of a transcript',
                        'verbose_name_plural': 'drafts of transcripts',
                        'ordering': ('-asked_at',),
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('session', 'sha256'), name='one_draft_per_content')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.session_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_session other\n                WHERE other.id = NEW.session_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'draft of a transcript and its session belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='450eb0062fc3f0bf3c169f6bf729a2f7355d8ebe', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_e5a54', table='transcripts_draft', when='BEFORE')), pgtrigger.compiler.Trigger(name='none_under_the_rule', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            PERFORM 1 FROM inquiry_session WHERE id = NEW.session_id FOR SHARE;\n            IF EXISTS (SELECT FROM inquiry_session WHERE id = NEW.session_id AND rule = 'chatham_house') THEN\n                RAISE EXCEPTION 'Held under the Chatham House Rule: no transcript may be kept.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='051f73f0a3e1e73022e3a9336a565a809eb60cdb', operation='INSERT OR UPDATE', pgid='pgtrigger_none_under_the_rule_1c1c9', table='transcripts_draft', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "transcripts_draftevent" ("asked_at", "asked_by_id", "attempts", "corrected", "created_at", "error", "file", "finished_at", "id", "inquiry_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "sha256", "started_at", "state") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."attempts", NEW."corrected", NEW."created_at", NEW."error", NEW."file", NEW."finished_at", NEW."id", NEW."inquiry_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."session_id", NEW."sha256", NEW."started_at", NEW."state"); RETURN NULL;', hash='59a575f51b7814d10c51823b96cd4ef9f4f545b4', operation='INSERT', pgid='pgtrigger_insert_insert_ba254', table='transcripts_draft', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."corrected" IS DISTINCT FROM (NEW."corrected") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."error" IS DISTINCT FROM (NEW."error") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."finished_at" IS DISTINCT FROM (NEW."finished_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inquiry_id" IS DISTINCT FROM (NEW."inquiry_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "transcripts_draftevent" ("asked_at", "asked_by_id", "attempts", "corrected", "created_at", "error", "file", "finished_at", "id", "inquiry_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "sha256", "started_at", "state") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."attempts", NEW."corrected", NEW."created_at", NEW."error", NEW."file", NEW."finished_at", NEW."id", NEW."inquiry_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."session_id", NEW."sha256", NEW."started_at", NEW."state"); RETURN NULL;', hash='c7c6b129b2ff34faa6a7b293bae18a71af1a778a', operation='UPDATE', pgid='pgtrigger_update_update_9c11b', table='transcripts_draft', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "transcripts_draftevent" ("asked_at", "asked_by_id", "attempts", "corrected", "created_at", "error", "file", "finished_at", "id", "inquiry_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "sha256", "started_at", "state") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."attempts", OLD."corrected", OLD."created_at", OLD."error", OLD."file", OLD."finished_at", OLD."id", OLD."inquiry_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."session_id", OLD."sha256", OLD."started_at", OLD."state"); RETURN NULL;', hash='52607c5679b72db6b5f1980ca5da2cb5fc1900d5', operation='DELETE', pgid='pgtrigger_delete_delete_31912', table='transcripts_draft', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='DraftEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='transcripts.draft')),
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
                        ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.session')),
                        ('corrected', models.BooleanField(default=False)),
                        ('file', models.FileField(max_length=200, upload_to=evidence.transcripts.models._draft_name)),
                        ('sha256', models.CharField(max_length=64)),
                        ('name', models.CharField(max_length=255, verbose_name='file name')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8be796a926b0e6342065af0d0f73bb209b621ef8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_41e5c', table='transcripts_draftevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

import accounts.tables
import django.db.models.deletion
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('notes', '0001_initial')]

    initial = True

    dependencies = [
        ('inquiry', '0001_beginning'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('quotes', '0001_beginning'),
        ('submissions', '0001_beginning'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        accounts.tables.Tables(
            tables=[
                migrations.CreateModel(
                    name='Mark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('quote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='quotes.quote')),
                        ('submission', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='submissions.submission')),
                        ('starred_at', models.DateTimeField(blank=True, null=True)),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                        ('raised_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('quote', 'submission', function='num_nonnulls', output_field=models.IntegerField()), 1), name='mark_on_one_piece_of_evidence'), models.UniqueConstraint(fields=('person', 'quote', 'submission'), name='marked_once_by_a_person', nulls_distinct=False)],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.quote_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM quotes_quote other\n                WHERE other.id = NEW.quote_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'mark and its quote belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.submission_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM submissions_submission other\n                WHERE other.id = NEW.submission_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'mark and its submission belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='5a063e1786050446f634f34577a86159c50b776f', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_00c87', table='notes_mark', when='BEFORE')), pgtrigger.compiler.Trigger(name='stays_where_it_was_made', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."quote_id" IS DISTINCT FROM (NEW."quote_id") OR OLD."submission_id" IS DISTINCT FROM (NEW."submission_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='771df41c7cecacdcb8a980cf33b8d762dc071fa7', operation='UPDATE', pgid='pgtrigger_stays_where_it_was_made_e95c0', table='notes_mark', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.raised_at IS NOT NULL)', func='INSERT INTO "notes_markevent" ("created_at", "id", "inquiry_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "raised_at", "submission_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quote_id", NEW."raised_at", NEW."submission_id"); RETURN NULL;', hash='942b2e3fc69c4b3e419cbcd09acd9e90a44e0255', operation='INSERT', pgid='pgtrigger_insert_insert_bcfa0', table='notes_mark', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.raised_at IS DISTINCT FROM NEW.raised_at)', func='INSERT INTO "notes_markevent" ("created_at", "id", "inquiry_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "raised_at", "submission_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quote_id", NEW."raised_at", NEW."submission_id"); RETURN NULL;', hash='cc220c8bb5e6bce833085aaa07d15ad55d0e34d8', operation='UPDATE', pgid='pgtrigger_update_update_56b37', table='notes_mark', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.raised_at IS NOT NULL)', func='INSERT INTO "notes_markevent" ("created_at", "id", "inquiry_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "raised_at", "submission_id") VALUES (OLD."created_at", OLD."id", OLD."inquiry_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quote_id", OLD."raised_at", OLD."submission_id"); RETURN NULL;', hash='9a69b3eefdc3e14ae2292c466553ec8791bf3dd7', operation='DELETE', pgid='pgtrigger_delete_delete_00aad', table='notes_mark', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='MarkEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notes.mark')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('quote', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='quotes.quote')),
                        ('submission', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='submissions.submission')),
                        ('raised_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='51c5cb80dee7f58c3d2eddb3b4f52399fa8d2eac', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9a4ad', table='notes_markevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Note',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('quote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='quotes.quote')),
                        ('submission', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='submissions.submission')),
                        ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='inquiry.theme')),
                        ('text', models.TextField(max_length=4000, verbose_name='note')),
                        ('shared_with', models.CharField(choices=[('private', 'Only me'), ('members', 'Members and the secretariat'), ('everyone', 'Everyone in the inquiry')], max_length=8, verbose_name='who reads it')),
                        ('edited_at', models.DateTimeField(blank=True, null=True)),
                        ('text_before', models.TextField(blank=True, editable=False, help_text='until it was last changed, to take that back')),
                        ('shared_before', models.CharField(blank=True, choices=[('private', 'Only me'), ('members', 'Members and the secretariat'), ('everyone', 'Everyone in the inquiry')], editable=False, max_length=8)),
                        ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('created_at', 'pk'),
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('quote', 'submission', 'theme', function='num_nonnulls', output_field=models.IntegerField()), 1), name='note_on_one_thing'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_says_something'), models.CheckConstraint(condition=models.Q(('shared_with__in', ['private', 'members', 'everyone'])), name='note_shared_with_somebody')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.quote_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM quotes_quote other\n                WHERE other.id = NEW.quote_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'note and its quote belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.submission_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM submissions_submission other\n                WHERE other.id = NEW.submission_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'note and its submission belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.theme_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_theme other\n                WHERE other.id = NEW.theme_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'note and its theme belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='6b90ca26ecf7b7b539fc06e61a9ac67e52bbcfd4', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_050f7', table='notes_note', when='BEFORE')), pgtrigger.compiler.Trigger(name='stays_where_it_was_written', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id") OR OLD."quote_id" IS DISTINCT FROM (NEW."quote_id") OR OLD."submission_id" IS DISTINCT FROM (NEW."submission_id") OR OLD."theme_id" IS DISTINCT FROM (NEW."theme_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1a36e6e0e76fe3a4884cd4b73f655c27934af350', operation='UPDATE', pgid='pgtrigger_stays_where_it_was_written_981db', table='notes_note', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.shared_with <> 'private')", func='INSERT INTO "notes_noteevent" ("created_at", "edited_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "removed_at", "shared_with", "submission_id", "theme_id", "written_by_id") VALUES (NEW."created_at", NEW."edited_at", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quote_id", NEW."removed_at", NEW."shared_with", NEW."submission_id", NEW."theme_id", NEW."written_by_id"); RETURN NULL;', hash='7259b62f6efdd291bddb806b11d1469dc21baf7e', operation='INSERT', pgid='pgtrigger_insert_insert_7ed5b', table='notes_note', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.shared_with <> 'private' OR NEW.shared_with <> 'private')", func='INSERT INTO "notes_noteevent" ("created_at", "edited_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "removed_at", "shared_with", "submission_id", "theme_id", "written_by_id") VALUES (NEW."created_at", NEW."edited_at", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quote_id", NEW."removed_at", NEW."shared_with", NEW."submission_id", NEW."theme_id", NEW."written_by_id"); RETURN NULL;', hash='799ebf5fb9f17b83266037aa9b190f3786c3040f', operation='UPDATE', pgid='pgtrigger_update_update_38f06', table='notes_note', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.shared_with <> 'private')", func='INSERT INTO "notes_noteevent" ("created_at", "edited_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "removed_at", "shared_with", "submission_id", "theme_id", "written_by_id") VALUES (OLD."created_at", OLD."edited_at", OLD."id", OLD."inquiry_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quote_id", OLD."removed_at", OLD."shared_with", OLD."submission_id", OLD."theme_id", OLD."written_by_id"); RETURN NULL;', hash='7a5f9a211252f3604426837b7d15f03438a6c176', operation='DELETE', pgid='pgtrigger_delete_delete_14f74', table='notes_note', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='NoteEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notes.note')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('quote', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='quotes.quote')),
                        ('submission', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='submissions.submission')),
                        ('theme', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.theme')),
                        ('shared_with', models.CharField(choices=[('private', 'Only me'), ('members', 'Members and the secretariat'), ('everyone', 'Everyone in the inquiry')], max_length=8, verbose_name='who reads it')),
                        ('edited_at', models.DateTimeField(blank=True, null=True)),
                        ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='48f92673ff961830d4e988decc0ac78bd96d7891', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3ddc3', table='notes_noteevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Digest',
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
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('day', models.DateField()),
                        ('handed_over_at', models.DateTimeField(blank=True, help_text='noted before the mail server is given it, so that it never is twice', null=True)),
                        ('sent_at', models.DateTimeField(blank=True, help_text='noted when the mail server has taken it', null=True)),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('inquiry', 'person', 'day'), name='one_digest_a_day'), models.CheckConstraint(condition=models.Q(('sent_at', None), models.Q(('handed_over_at__isnull', False), ('state', 'done')), _connector='OR'), name='digest_sent_after_it_was_handed_over')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ", hash='794773181b134f2468f620e15c3c833d9d8f7c15', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_ac462', table='notes_digest', when='BEFORE')), pgtrigger.compiler.Trigger(name='handed_over_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.handed_over_at IS NOT NULL AND NEW.handed_over_at IS DISTINCT FROM OLD.handed_over_at AND (NEW.handed_over_at IS NOT NULL OR OLD.sent_at IS NOT NULL))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b62e68c5195c45bf928dd867b5590092726df179', operation='UPDATE', pgid='pgtrigger_handed_over_once_b909d', table='notes_digest', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notes_digestevent" ("asked_at", "asked_by_id", "attempts", "created_at", "day", "error", "finished_at", "handed_over_at", "id", "inquiry_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "started_at", "state") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."attempts", NEW."created_at", NEW."day", NEW."error", NEW."finished_at", NEW."handed_over_at", NEW."id", NEW."inquiry_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sent_at", NEW."started_at", NEW."state"); RETURN NULL;', hash='5cb30a45ac1214f70150c89fa4e75f9b2285b00a', operation='INSERT', pgid='pgtrigger_insert_insert_9f0f1', table='notes_digest', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."error" IS DISTINCT FROM (NEW."error") OR OLD."finished_at" IS DISTINCT FROM (NEW."finished_at") OR OLD."handed_over_at" IS DISTINCT FROM (NEW."handed_over_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inquiry_id" IS DISTINCT FROM (NEW."inquiry_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "notes_digestevent" ("asked_at", "asked_by_id", "attempts", "created_at", "day", "error", "finished_at", "handed_over_at", "id", "inquiry_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "started_at", "state") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."attempts", NEW."created_at", NEW."day", NEW."error", NEW."finished_at", NEW."handed_over_at", NEW."id", NEW."inquiry_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sent_at", NEW."started_at", NEW."state"); RETURN NULL;', hash='97d40e335ef2d0a3fc2ce4297bcf565538605636', operation='UPDATE', pgid='pgtrigger_update_update_d973a', table='notes_digest', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notes_digestevent" ("asked_at", "asked_by_id", "attempts", "created_at", "day", "error", "finished_at", "handed_over_at", "id", "inquiry_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "started_at", "state") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."attempts", OLD."created_at", OLD."day", OLD."error", OLD."finished_at", OLD."handed_over_at", OLD."id", OLD."inquiry_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sent_at", OLD."started_at", OLD."state"); RETURN NULL;', hash='60d5807bcac2cf74de9189a5dfea557668792f66', operation='DELETE', pgid='pgtrigger_delete_delete_719b4', table='notes_digest', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='DigestEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notes.digest')),
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
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('day', models.DateField()),
                        ('handed_over_at', models.DateTimeField(blank=True, help_text='noted before the mail server is given it, so that it never is twice', null=True)),
                        ('sent_at', models.DateTimeField(blank=True, help_text='noted when the mail server has taken it', null=True)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='821f33bf57ea1a99ef3214e91205ffcb18deb6f5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_24a4a', table='notes_digestevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Mention',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='notes.note')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('seen_at', models.DateTimeField(blank=True, null=True)),
                        ('digest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mentions', to='notes.digest')),
                    ],
                    options={
                        'ordering': ('created_at', 'pk'),
                        'abstract': False,
                        'indexes': [models.Index(condition=models.Q(('seen_at', None)), fields=['person', 'inquiry'], name='mentions_not_looked_at')],
                        'constraints': [models.UniqueConstraint(fields=('note', 'person'), name='named_once_in_a_note')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.note_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM notes_note other\n                WHERE other.id = NEW.note_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'mention and its note belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.digest_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM notes_digest other\n                WHERE other.id = NEW.digest_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'mention and its digest belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='f2a0d847941a5abe0ada00eb5726d4c0f0cade2e', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_b2e17', table='notes_mention', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notes_mentionevent" ("created_at", "digest_id", "id", "inquiry_id", "note_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at") VALUES (NEW."created_at", NEW."digest_id", NEW."id", NEW."inquiry_id", NEW."note_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seen_at"); RETURN NULL;', hash='737be851098f4b06afb19420baa6940ac1a18c11', operation='INSERT', pgid='pgtrigger_insert_insert_8b1c4', table='notes_mention', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "notes_mentionevent" ("created_at", "digest_id", "id", "inquiry_id", "note_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at") VALUES (NEW."created_at", NEW."digest_id", NEW."id", NEW."inquiry_id", NEW."note_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seen_at"); RETURN NULL;', hash='0fee23187046e046fca7348875c84c0b60b7d404', operation='UPDATE', pgid='pgtrigger_update_update_c32b1', table='notes_mention', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notes_mentionevent" ("created_at", "digest_id", "id", "inquiry_id", "note_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at") VALUES (OLD."created_at", OLD."digest_id", OLD."id", OLD."inquiry_id", OLD."note_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."seen_at"); RETURN NULL;', hash='0a1f4def21b10c4b6689bee0cd82ba22805a9a9d', operation='DELETE', pgid='pgtrigger_delete_delete_774f4', table='notes_mention', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='MentionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notes.mention')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('note', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='notes.note')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('seen_at', models.DateTimeField(blank=True, null=True)),
                        ('digest', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='notes.digest')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bf764f047e6e933142c28cd5979ae4fcc90efbb3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3a2d', table='notes_mentionevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

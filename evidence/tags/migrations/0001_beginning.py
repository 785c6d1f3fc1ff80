import accounts.tables
import django.db.models.deletion
import django.db.models.lookups
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from evidence.tags.voices import COUNT, COUNT_NO_MORE


class Migration(migrations.Migration):

    replaces = [('tags', '0001_initial'), ('tags', '0002_initial'), ('tags', '0003_tagged_by_the_command_line'), ('tags', '0004_themes_carried_over'), ('tags', '0005_contrary_evidence_is_answered'), ('tags', '0006_quotes_as_lists_show_them'), ('tags', '0007_tags_that_stand_are_counted')]

    initial = True

    dependencies = [
        ('inquiry', '0001_beginning'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('quotes', '0001_beginning'),
        ('submissions', '0001_beginning'),
        ('witnesses', '0001_beginning'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        accounts.tables.Tables(
            tables=[
                migrations.CreateModel(
                    name='Tag',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='inquiry.theme')),
                        ('recommendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='inquiry.recommendation')),
                        ('stance', models.CharField(blank=True, choices=[('supports', 'Supports'), ('challenges', 'Challenges'), ('qualifies', 'Qualifies')], max_length=10)),
                        ('quote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='quotes.quote')),
                        ('submission', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='submissions.submission')),
                        ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='inquiry.session')),
                        ('witness', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='witnesses.witness')),
                        ('insight', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='inquiry.insight')),
                        ('note', models.CharField(blank=True, max_length=500)),
                        ('answered_at', models.DateTimeField(blank=True, help_text='when the recommendation’s answer to contrary evidence took it in', null=True)),
                        ('tagged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('carried_from', models.ForeignKey(blank=True, help_text='the theme to which it was tagged before this one came in its place', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inquiry.theme')),
                        ('settled_at', models.DateTimeField(blank=True, help_text='when somebody said to which of the newer themes it belongs', null=True)),
                        ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('theme', 'recommendation', function='num_nonnulls', output_field=models.IntegerField()), 1), name='tag_to_one_thing'), models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('quote', 'submission', 'session', 'witness', 'insight', function='num_nonnulls', output_field=models.IntegerField()), 1), name='tag_on_one_piece_of_evidence'), models.CheckConstraint(condition=models.Q(models.Q(('recommendation__isnull', True), ('stance', '')), models.Q(('recommendation__isnull', False), ('stance__in', ['supports', 'challenges', 'qualifies'])), _connector='OR'), name='stance_on_recommendations'), models.CheckConstraint(condition=models.Q(('theme__isnull', False), models.Q(('carried_from__isnull', True), ('settled_at__isnull', True), ('settled_by__isnull', True)), _connector='OR'), name='themes_are_carried_over'), models.CheckConstraint(condition=models.Q(('answered_at', None), ('stance', 'challenges'), _connector='OR'), name='only_contrary_evidence_is_answered'), models.UniqueConstraint(fields=('theme', 'recommendation', 'quote', 'submission', 'session', 'witness', 'insight'), name='tagged_once', nulls_distinct=False)],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.theme_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_theme other\n                WHERE other.id = NEW.theme_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'tag and its theme belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.recommendation_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_recommendation other\n                WHERE other.id = NEW.recommendation_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'tag and its recommendation belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.quote_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM quotes_quote other\n                WHERE other.id = NEW.quote_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'tag and its quote belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.submission_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM submissions_submission other\n                WHERE other.id = NEW.submission_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'tag and its submission belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.session_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_session other\n                WHERE other.id = NEW.session_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'tag and its session belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.witness_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM witnesses_witness other\n                WHERE other.id = NEW.witness_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'tag and its witness belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.insight_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_insight other\n                WHERE other.id = NEW.insight_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'tag and its insight belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.carried_from_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_theme other\n                WHERE other.id = NEW.carried_from_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'tag and its carried_from belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='60e47c0ba7ef3e5010856624e9aa5c1e521cd301', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_87d4b', table='tags_tag', when='BEFORE')), pgtrigger.compiler.Trigger(name='counted_where_quotes_are_listed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP <> 'INSERT' THEN\n                        UPDATE quotes_listed SET tags = tags - 1 WHERE quote_id = OLD.quote_id AND NOT EXISTS (\n                            SELECT FROM inquiry_recommendation\n                            WHERE id = OLD.recommendation_id AND withdrawn_at IS NOT NULL\n                        );\n                    END IF;\n                    IF TG_OP <> 'DELETE' THEN\n                        UPDATE quotes_listed SET tags = tags + 1 WHERE quote_id = NEW.quote_id AND NOT EXISTS (\n                            SELECT FROM inquiry_recommendation\n                            WHERE id = NEW.recommendation_id AND withdrawn_at IS NOT NULL\n                        );\n                    END IF;\n                    RETURN NULL;\n                ", hash='68e17615c4d815c5b94fbdf766f0128ae0c91c25', operation='INSERT OR UPDATE OF "quote_id" OR DELETE', pgid='pgtrigger_counted_where_quotes_are_listed_70ded', table='tags_tag', when='AFTER')), pgtrigger.compiler.Trigger(name='to_a_theme_in_use', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."theme_id" IS NOT NULL)', declare='DECLARE since date;', func="\n                    IF TG_OP = 'UPDATE' THEN\n                        IF NEW.theme_id IS NOT DISTINCT FROM OLD.theme_id THEN\n                            RETURN NEW;\n                        END IF;\n                    END IF;\n                    SELECT retired_on INTO since FROM inquiry_theme WHERE id = NEW.theme_id FOR SHARE;\n                    IF since IS NOT NULL THEN\n                        RAISE EXCEPTION 'This theme is retired: nothing new is tagged to it.'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF EXISTS (SELECT FROM inquiry_theme WHERE parent_id = NEW.theme_id) THEN\n                        RAISE EXCEPTION 'This theme groups others: evidence is tagged to one of those below it.'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='00277666404ad9a0011459c2db4dc161496dcae3', operation='INSERT OR UPDATE', pgid='pgtrigger_to_a_theme_in_use_d2ee8', table='tags_tag', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tags_tagevent" ("answered_at", "carried_from_id", "created_at", "id", "inquiry_id", "insight_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "recommendation_id", "session_id", "settled_at", "settled_by_id", "stance", "submission_id", "tagged_by_id", "theme_id", "witness_id") VALUES (NEW."answered_at", NEW."carried_from_id", NEW."created_at", NEW."id", NEW."inquiry_id", NEW."insight_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quote_id", NEW."recommendation_id", NEW."session_id", NEW."settled_at", NEW."settled_by_id", NEW."stance", NEW."submission_id", NEW."tagged_by_id", NEW."theme_id", NEW."witness_id"); RETURN NULL;', hash='7a4173815adc8ea0a0fc87dc14e260cbf4e3ac86', operation='INSERT', pgid='pgtrigger_insert_insert_11e75', table='tags_tag', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "tags_tagevent" ("answered_at", "carried_from_id", "created_at", "id", "inquiry_id", "insight_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "recommendation_id", "session_id", "settled_at", "settled_by_id", "stance", "submission_id", "tagged_by_id", "theme_id", "witness_id") VALUES (NEW."answered_at", NEW."carried_from_id", NEW."created_at", NEW."id", NEW."inquiry_id", NEW."insight_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quote_id", NEW."recommendation_id", NEW."session_id", NEW."settled_at", NEW."settled_by_id", NEW."stance", NEW."submission_id", NEW."tagged_by_id", NEW."theme_id", NEW."witness_id"); RETURN NULL;', hash='427d23ffbebbe99da76d7ee9c9babc39c5de3e8c', operation='UPDATE', pgid='pgtrigger_update_update_e7e4b', table='tags_tag', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tags_tagevent" ("answered_at", "carried_from_id", "created_at", "id", "inquiry_id", "insight_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "recommendation_id", "session_id", "settled_at", "settled_by_id", "stance", "submission_id", "tagged_by_id", "theme_id", "witness_id") VALUES (OLD."answered_at", OLD."carried_from_id", OLD."created_at", OLD."id", OLD."inquiry_id", OLD."insight_id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quote_id", OLD."recommendation_id", OLD."session_id", OLD."settled_at", OLD."settled_by_id", OLD."stance", OLD."submission_id", OLD."tagged_by_id", OLD."theme_id", OLD."witness_id"); RETURN NULL;', hash='7b6460c15dbe348b280c0ea5c24f7553e734ce34', operation='DELETE', pgid='pgtrigger_delete_delete_a37ab', table='tags_tag', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='TagEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='tags.tag')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('theme', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.theme')),
                        ('recommendation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.recommendation')),
                        ('stance', models.CharField(blank=True, choices=[('supports', 'Supports'), ('challenges', 'Challenges'), ('qualifies', 'Qualifies')], max_length=10)),
                        ('quote', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='quotes.quote')),
                        ('submission', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='submissions.submission')),
                        ('session', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.session')),
                        ('witness', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='witnesses.witness')),
                        ('insight', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.insight')),
                        ('note', models.CharField(blank=True, max_length=500)),
                        ('answered_at', models.DateTimeField(blank=True, help_text='when the recommendation’s answer to contrary evidence took it in', null=True)),
                        ('tagged_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('carried_from', models.ForeignKey(blank=True, db_constraint=False, help_text='the theme to which it was tagged before this one came in its place', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.theme')),
                        ('settled_at', models.DateTimeField(blank=True, help_text='when somebody said to which of the newer themes it belongs', null=True)),
                        ('settled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='162ab47d818e217e472b32727891973f6e02628d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4dbad', table='tags_tagevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Heard',
                    fields=[
                        ('id', models.BigIntegerField(help_text='the tag’s; several rows may have it', primary_key=True, serialize=False)),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inquiry.inquiry')),
                        ('theme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inquiry.theme')),
                        ('recommendation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inquiry.recommendation')),
                        ('stance', models.CharField(max_length=10)),
                        ('quote', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='quotes.quote')),
                        ('submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='submissions.submission')),
                        ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inquiry.session')),
                        ('witness', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='witnesses.witness')),
                        ('insight', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inquiry.insight')),
                        ('quoted_panel', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inquiry.panel')),
                        ('quoted_submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='submissions.submission')),
                        ('quoted_redacted', models.BooleanField(null=True)),
                        ('voice_known', models.BigIntegerField(null=True)),
                        ('voice_open', models.BigIntegerField(null=True)),
                        ('source_known', models.BigIntegerField(null=True)),
                        ('source_open', models.BigIntegerField(null=True)),
                        ('sector_known', models.CharField(max_length=20)),
                        ('sector_open', models.CharField(max_length=20)),
                        ('heard_at', models.CharField(max_length=20)),
                        ('lived', models.BooleanField()),
                    ],
                    options={
                        'verbose_name': 'tag with a voice',
                        'verbose_name_plural': 'tags with voices',
                        'db_table': 'tags_heard',
                        'managed': False,
                    },
                ),
            ],
        ),
        migrations.RunSQL(COUNT, COUNT_NO_MORE),
    ]

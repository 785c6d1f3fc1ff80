import accounts.tables
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('coding', '0001_initial'), ('coding', '0002_given_up')]

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
                    name='Round',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('title', models.CharField(max_length=200)),
                        ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coding_rounds', to='inquiry.framework')),
                        ('drawn_from', models.CharField(help_text='where its passages come from, in words', max_length=200)),
                        ('seed', models.BigIntegerField(blank=True, help_text='with which they were drawn, where they were', null=True)),
                        ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('given_up_at', models.DateTimeField(blank=True, help_text='when it was given up, for good', null=True)),
                        ('given_up_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('given_up_why', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'verbose_name': 'round of double coding',
                        'verbose_name_plural': 'rounds of double coding',
                        'ordering': ('-id',),
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('inquiry', 'title'), name='one_round_of_a_title', violation_error_message='There is a round of this title already. Give this one another.'), models.CheckConstraint(condition=models.Q(('given_up_at__isnull', False), models.Q(('given_up_by', None), ('given_up_why', '')), _connector='OR'), name='round_given_up_at_some_time')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.framework_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_framework other\n                WHERE other.id = NEW.framework_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'round of double coding and its framework belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='63308712ead7b1530f2427cbc843e7170d8769ec', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_31ed7', table='coding_round', when='BEFORE')), pgtrigger.compiler.Trigger(name='given_up_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.given_up_at IS NOT NULL AND NEW.given_up_at IS DISTINCT FROM OLD.given_up_at THEN\n                        RAISE EXCEPTION 'A round that was given up stays so: what was coded has been read.'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.given_up_at IS NOT NULL AND NOT EXISTS (\n                        SELECT FROM coding_coder WHERE round_id = NEW.id AND finished_at IS NULL\n                    ) THEN\n                        RAISE EXCEPTION 'Both coders have finished this round: there is nothing to give up.'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='8072d571003e43cda406903e60242f17f132bda0', operation='UPDATE OF "given_up_at"', pgid='pgtrigger_given_up_for_good_2bbb4', table='coding_round', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coding_roundevent" ("created_at", "drawn_from", "framework_id", "given_up_at", "given_up_by_id", "given_up_why", "id", "inquiry_id", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seed", "title") VALUES (NEW."created_at", NEW."drawn_from", NEW."framework_id", NEW."given_up_at", NEW."given_up_by_id", NEW."given_up_why", NEW."id", NEW."inquiry_id", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seed", NEW."title"); RETURN NULL;', hash='a66f84009d66bb72f3151633ec7dcfe8b0877b48', operation='INSERT', pgid='pgtrigger_insert_insert_0fdfa', table='coding_round', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "coding_roundevent" ("created_at", "drawn_from", "framework_id", "given_up_at", "given_up_by_id", "given_up_why", "id", "inquiry_id", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seed", "title") VALUES (NEW."created_at", NEW."drawn_from", NEW."framework_id", NEW."given_up_at", NEW."given_up_by_id", NEW."given_up_why", NEW."id", NEW."inquiry_id", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seed", NEW."title"); RETURN NULL;', hash='3642f529092147ea08cc87440f2d276f0311a8ec', operation='UPDATE', pgid='pgtrigger_update_update_2f257', table='coding_round', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coding_roundevent" ("created_at", "drawn_from", "framework_id", "given_up_at", "given_up_by_id", "given_up_why", "id", "inquiry_id", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seed", "title") VALUES (OLD."created_at", OLD."drawn_from", OLD."framework_id", OLD."given_up_at", OLD."given_up_by_id", OLD."given_up_why", OLD."id", OLD."inquiry_id", OLD."opened_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."seed", OLD."title"); RETURN NULL;', hash='504d61855275fa320379b5c8e31c6844d4de4332', operation='DELETE', pgid='pgtrigger_delete_delete_9cbf6', table='coding_round', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='RoundEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='coding.round')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('title', models.CharField(max_length=200)),
                        ('framework', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.framework')),
                        ('drawn_from', models.CharField(help_text='where its passages come from, in words', max_length=200)),
                        ('seed', models.BigIntegerField(blank=True, help_text='with which they were drawn, where they were', null=True)),
                        ('opened_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('given_up_at', models.DateTimeField(blank=True, help_text='when it was given up, for good', null=True)),
                        ('given_up_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('given_up_why', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1710cf2ee0723e73e609d57b6dd0203cfec06fe4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_df1c9', table='coding_roundevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Coder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coders', to='coding.round')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('id',),
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='a_coder_once_in_a_round')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.round_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM coding_round other\n                WHERE other.id = NEW.round_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'coder and its round belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='66c7d6c1a676c883d18246ce6eb08465ef82ed4c', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_2b0a0', table='coding_coder', when='BEFORE')), pgtrigger.compiler.Trigger(name='a_coder_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."round_id" IS DISTINCT FROM (NEW."round_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1facc42d4679437a9eaa149bb357b05ef9659413', operation='UPDATE', pgid='pgtrigger_a_coder_stays_65ab1', table='coding_coder', when='BEFORE')), pgtrigger.compiler.Trigger(name='while_the_round_goes_on', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT FROM coding_round WHERE id = NEW.round_id AND given_up_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'This round was given up: nothing in it changes any more.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n     RETURN NEW;", hash='c9f7eb172b0f43cfa749f2f2a46fcac6acd3fb90', operation='UPDATE OF "finished_at"', pgid='pgtrigger_while_the_round_goes_on_beeb8', table='coding_coder', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coding_coderevent" ("created_at", "finished_at", "id", "inquiry_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id") VALUES (NEW."created_at", NEW."finished_at", NEW."id", NEW."inquiry_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round_id"); RETURN NULL;', hash='c97b1aa803918729bfc7e390cf0c3a32377c51f6', operation='INSERT', pgid='pgtrigger_insert_insert_5de7e', table='coding_coder', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "coding_coderevent" ("created_at", "finished_at", "id", "inquiry_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id") VALUES (NEW."created_at", NEW."finished_at", NEW."id", NEW."inquiry_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round_id"); RETURN NULL;', hash='b0e3fabc0f36e2502708200500fff4ac2e584c56', operation='UPDATE', pgid='pgtrigger_update_update_4e878', table='coding_coder', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coding_coderevent" ("created_at", "finished_at", "id", "inquiry_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id") VALUES (OLD."created_at", OLD."finished_at", OLD."id", OLD."inquiry_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."round_id"); RETURN NULL;', hash='4de8097742f0cfbe2a0bd326fd4d512768bfdd03', operation='DELETE', pgid='pgtrigger_delete_delete_0e81b', table='coding_coder', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CoderEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='coding.coder')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='coding.round')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='57aaf7ae08d57e9f8d13db1e435fad557dda2abd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_95341', table='coding_coderevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Unit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='coding.round')),
                        ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coded_in', to='documents.passage')),
                        ('position', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'verbose_name': 'passage of a round',
                        'verbose_name_plural': 'passages of rounds',
                        'ordering': ('round', 'position'),
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('round', 'passage'), name='a_passage_once_in_a_round'), models.UniqueConstraint(fields=('round', 'position'), name='one_passage_per_place_in_a_round')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.round_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM coding_round other\n                WHERE other.id = NEW.round_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'passage of a round and its round belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.passage_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM documents_passage other\n                WHERE other.id = NEW.passage_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'passage of a round and its passage belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='bea3b9966951998451314df1b8a408caa5ee9857', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_e795a', table='coding_unit', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coding_unitevent" ("created_at", "id", "inquiry_id", "passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "round_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."passage_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."round_id"); RETURN NULL;', hash='6d584c6707de10fca6b4772cea16f67bde7d0a99', operation='INSERT', pgid='pgtrigger_insert_insert_84698', table='coding_unit', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "coding_unitevent" ("created_at", "id", "inquiry_id", "passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "round_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."passage_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."round_id"); RETURN NULL;', hash='e4be3d48c24c7af87084669b326ffe442fa079b8', operation='UPDATE', pgid='pgtrigger_update_update_f5a8e', table='coding_unit', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coding_unitevent" ("created_at", "id", "inquiry_id", "passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "round_id") VALUES (OLD."created_at", OLD."id", OLD."inquiry_id", OLD."passage_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."round_id"); RETURN NULL;', hash='9075a42f21d7f1985a4974b74172c55cf5367237', operation='DELETE', pgid='pgtrigger_delete_delete_259cc', table='coding_unit', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='UnitEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='coding.unit')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='coding.round')),
                        ('passage', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.passage')),
                        ('position', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b316dfaaf7be72825473115eff97b3a2f17484cd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b506e', table='coding_unitevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Coding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='coding.unit')),
                        ('coder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='coding.coder')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('unit', 'coder'), name='a_coder_codes_a_passage_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.unit_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM coding_unit other\n                WHERE other.id = NEW.unit_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'coding and its unit belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.coder_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM coding_coder other\n                WHERE other.id = NEW.coder_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'coding and its coder belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='6aa5a45469edfb85e2182a4fb4de499893129832', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_4d1aa', table='coding_coding', when='BEFORE')), pgtrigger.compiler.Trigger(name='of_one_round', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT FROM coding_unit u JOIN coding_coder c ON c.round_id = u.round_id\n                        WHERE u.id = NEW.unit_id AND c.id = NEW.coder_id\n                    ) THEN\n                        RAISE EXCEPTION 'A coder codes the passages of their own round.'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='8d86b12b9226ac4b165c72c7ff5c0d662350838b', operation='INSERT OR UPDATE', pgid='pgtrigger_of_one_round_f96c2', table='coding_coding', when='BEFORE')), pgtrigger.compiler.Trigger(name='until_finished', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT FROM coding_coder WHERE id = NEW.coder_id AND finished_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'Whoever has finished a round changes nothing in it.' USING ERRCODE = 'check_violation';\n        END IF;\n        \n        IF EXISTS (SELECT FROM coding_round WHERE id = (SELECT round_id FROM coding_coder WHERE id = NEW.coder_id) AND given_up_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'This round was given up: nothing in it changes any more.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n    \n        RETURN NEW;\n    ", hash='ef5265e643af88257d9e2be026e871b791ace109', operation='INSERT OR UPDATE', pgid='pgtrigger_until_finished_e6643', table='coding_coding', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coding_codingevent" ("coder_id", "created_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") VALUES (NEW."coder_id", NEW."created_at", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit_id"); RETURN NULL;', hash='ee73dc5b22797ddae06d957ecd823b270c09ee14', operation='INSERT', pgid='pgtrigger_insert_insert_89f89', table='coding_coding', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "coding_codingevent" ("coder_id", "created_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") VALUES (NEW."coder_id", NEW."created_at", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unit_id"); RETURN NULL;', hash='441c904fa5154edb91f6bb63cc037289dcd44607', operation='UPDATE', pgid='pgtrigger_update_update_1c50d', table='coding_coding', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coding_codingevent" ("coder_id", "created_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") VALUES (OLD."coder_id", OLD."created_at", OLD."id", OLD."inquiry_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unit_id"); RETURN NULL;', hash='abfc8c0fcea995af8e328bad78b0d04b5383fdd5', operation='DELETE', pgid='pgtrigger_delete_delete_8ce80', table='coding_coding', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CodingEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='coding.coding')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='coding.unit')),
                        ('coder', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='coding.coder')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1381ea4bcb92c6b801aa4e12bd2403cfe16fe6c6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dce70', table='coding_codingevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Code',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('coding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='coding.coding')),
                        ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='inquiry.theme')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('coding', 'theme'), name='a_theme_once_in_a_coding')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.coding_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM coding_coding other\n                WHERE other.id = NEW.coding_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'code and its coding belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.theme_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_theme other\n                WHERE other.id = NEW.theme_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'code and its theme belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='bbc79783ca592eef3401bb374ce6fe095113a5c6', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_9e863', table='coding_code', when='BEFORE')), pgtrigger.compiler.Trigger(name='until_finished', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT FROM coding_coder WHERE id = (SELECT coder_id FROM coding_coding WHERE id = NEW.coding_id) AND finished_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'Whoever has finished a round changes nothing in it.' USING ERRCODE = 'check_violation';\n        END IF;\n        \n        IF EXISTS (SELECT FROM coding_round WHERE id = (SELECT round_id FROM coding_coder WHERE id = (SELECT coder_id FROM coding_coding WHERE id = NEW.coding_id)) AND given_up_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'This round was given up: nothing in it changes any more.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n    \n        RETURN NEW;\n    ", hash='811fe0943241d034d39aea5caa0e308d0344f458', operation='INSERT OR UPDATE', pgid='pgtrigger_until_finished_c8bb9', table='coding_code', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coding_codeevent" ("coding_id", "created_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") VALUES (NEW."coding_id", NEW."created_at", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."theme_id"); RETURN NULL;', hash='f546edd4af7efdf0d88400ef7f81ec072b2d1405', operation='INSERT', pgid='pgtrigger_insert_insert_ab93a', table='coding_code', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "coding_codeevent" ("coding_id", "created_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") VALUES (NEW."coding_id", NEW."created_at", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."theme_id"); RETURN NULL;', hash='96998c613d67081acf7ee061542a8a5b197b0a82', operation='UPDATE', pgid='pgtrigger_update_update_fe6bb', table='coding_code', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coding_codeevent" ("coding_id", "created_at", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") VALUES (OLD."coding_id", OLD."created_at", OLD."id", OLD."inquiry_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."theme_id"); RETURN NULL;', hash='6fb75505b3c4dfd4a7c43b44150083ab59ebb0e1', operation='DELETE', pgid='pgtrigger_delete_delete_2e7b5', table='coding_code', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CodeEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='coding.code')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('coding', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='coding.coding')),
                        ('theme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.theme')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7d9df13746d1588e5e115181bc3a9c85c064e3bd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8a181', table='coding_codeevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Settlement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='settlement', to='coding.unit')),
                        ('outcome', models.CharField(choices=[('first', 'As the first coder said'), ('second', 'As the second coder said'), ('both', 'On all that either said'), ('neither', 'Only on what both said')], max_length=7)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['first', 'second', 'both', 'neither'])), name='known_settlement')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.unit_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM coding_unit other\n                WHERE other.id = NEW.unit_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'settlement and its unit belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='87a15da79b6434b0a68c12a05846b87fdd832984', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_4e284', table='coding_settlement', when='BEFORE')), pgtrigger.compiler.Trigger(name='once_both_have_finished', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT FROM coding_unit u JOIN coding_coder c ON c.round_id = u.round_id\n                        WHERE u.id = NEW.unit_id AND c.finished_at IS NULL\n                    ) THEN\n                        RAISE EXCEPTION 'Nothing is settled before both coders have finished.'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='83a7755cd81272be2974fc919b926e5a2b80aba4', operation='INSERT OR UPDATE', pgid='pgtrigger_once_both_have_finished_97a0e', table='coding_settlement', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coding_settlementevent" ("created_at", "id", "inquiry_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "settled_by_id", "unit_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."settled_by_id", NEW."unit_id"); RETURN NULL;', hash='30a530ca1c94334884c268a37b62cc08a7d66fd7', operation='INSERT', pgid='pgtrigger_insert_insert_b84cb', table='coding_settlement', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "coding_settlementevent" ("created_at", "id", "inquiry_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "settled_by_id", "unit_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."settled_by_id", NEW."unit_id"); RETURN NULL;', hash='a40a2d46d17723af7dc5c1a904d9f13f3c19fba9', operation='UPDATE', pgid='pgtrigger_update_update_67b45', table='coding_settlement', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coding_settlementevent" ("created_at", "id", "inquiry_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "settled_by_id", "unit_id") VALUES (OLD."created_at", OLD."id", OLD."inquiry_id", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."settled_by_id", OLD."unit_id"); RETURN NULL;', hash='e1a939b6f9bd86ee9c70e806ca6e3827ac15ce9f', operation='DELETE', pgid='pgtrigger_delete_delete_9e072', table='coding_settlement', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='SettlementEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='coding.settlement')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='coding.unit')),
                        ('outcome', models.CharField(choices=[('first', 'As the first coder said'), ('second', 'As the second coder said'), ('both', 'On all that either said'), ('neither', 'Only on what both said')], max_length=7)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('settled_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='620adf9fb6e3797a68d47623ea873a511a5d71cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_835e1', table='coding_settlementevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

import accounts.tables
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import inquiry.words
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('witnesses', '0001_initial'), ('witnesses', '0002_people_by_name'), ('witnesses', '0003_found_by_words')]

    initial = True

    dependencies = [
        ('inquiry', '0001_beginning'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        accounts.tables.Tables(
            tables=[
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('name', models.CharField(max_length=300)),
                        ('sector', models.CharField(choices=[('residents', 'Residents and neighbourhood groups'), ('civil_society', 'Civil society'), ('think_tank', 'Think tank'), ('academia', 'Academia'), ('local_government', 'Local government'), ('central_government', 'Central government'), ('business', 'Business'), ('other', 'Other'), ('not_known', 'Not known')], default='not_known', max_length=20)),
                    ],
                    options={
                        'ordering': ('name',),
                        'abstract': False,
                        'indexes': [django.contrib.postgres.indexes.GinIndex(inquiry.words.Words('name'), name='bodies_by_words')],
                        'constraints': [models.UniqueConstraint(models.F('inquiry'), django.db.models.functions.text.Lower('name'), name='one_organisation_per_name', violation_error_message='There is an organisation of that name already.'), models.CheckConstraint(condition=models.Q(('sector__in', ['residents', 'civil_society', 'think_tank', 'academia', 'local_government', 'central_government', 'business', 'other', 'not_known'])), name='known_sector')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ", hash='4d2006fcb2841ad79a81d80207babeec6bad57eb', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_7f7eb', table='witnesses_organisation', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "witnesses_organisationevent" ("created_at", "id", "inquiry_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sector"); RETURN NULL;', hash='2e35b1f1c5fcf122af8e61822ce463022f58a2ab', operation='INSERT', pgid='pgtrigger_insert_insert_0757a', table='witnesses_organisation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "witnesses_organisationevent" ("created_at", "id", "inquiry_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sector"); RETURN NULL;', hash='dbb2fcd1c9b1741e536c8c9adb7e046f1b6f361b', operation='UPDATE', pgid='pgtrigger_update_update_0dbce', table='witnesses_organisation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "witnesses_organisationevent" ("created_at", "id", "inquiry_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector") VALUES (OLD."created_at", OLD."id", OLD."inquiry_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sector"); RETURN NULL;', hash='89fc5fb8c2fe67779e20904ce528e51ea2876058', operation='DELETE', pgid='pgtrigger_delete_delete_48e6d', table='witnesses_organisation', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='OrganisationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='witnesses.organisation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('name', models.CharField(max_length=300)),
                        ('sector', models.CharField(choices=[('residents', 'Residents and neighbourhood groups'), ('civil_society', 'Civil society'), ('think_tank', 'Think tank'), ('academia', 'Academia'), ('local_government', 'Local government'), ('central_government', 'Central government'), ('business', 'Business'), ('other', 'Other'), ('not_known', 'Not known')], default='not_known', max_length=20)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e4db60a62937bd2ed67d2433faefecdb39098d86', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e43d7', table='witnesses_organisationevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Witness',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='witnesses', to='inquiry.inquiry')),
                        ('name', models.CharField(help_text='As it is printed, with any honorific: Dr Jane Example.', max_length=200)),
                        ('lived_experience', models.BooleanField(default=False, help_text='Lives, or has lived, what the inquiry is about.', verbose_name='speaks from lived experience')),
                    ],
                    options={
                        'verbose_name_plural': 'witnesses',
                        'ordering': ('name',),
                        'abstract': False,
                        'indexes': [models.Index(models.F('inquiry'), django.db.models.functions.text.Lower('name'), name='people_by_name'), django.contrib.postgres.indexes.GinIndex(inquiry.words.Words('name'), name='people_by_words')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ", hash='8ac7708301dd6400363487378356f00f0dc1b566', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_43e75', table='witnesses_witness', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "witnesses_witnessevent" ("created_at", "id", "inquiry_id", "lived_experience", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."lived_experience", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='570d4e70887a0a78b57534de9f790f8ef5d3abae', operation='INSERT', pgid='pgtrigger_insert_insert_66136', table='witnesses_witness', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "witnesses_witnessevent" ("created_at", "id", "inquiry_id", "lived_experience", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."lived_experience", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='c2addb03621f84e808157dc89e8e1f8c9a24aacb', operation='UPDATE', pgid='pgtrigger_update_update_c4a2a', table='witnesses_witness', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "witnesses_witnessevent" ("created_at", "id", "inquiry_id", "lived_experience", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."created_at", OLD."id", OLD."inquiry_id", OLD."lived_experience", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='ef5e8f4db9a8770244f96c0aed05081729feed00', operation='DELETE', pgid='pgtrigger_delete_delete_2351b', table='witnesses_witness', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='WitnessEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='witnesses.witness')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('name', models.CharField(help_text='As it is printed, with any honorific: Dr Jane Example.', max_length=200)),
                        ('lived_experience', models.BooleanField(default=False, help_text='Lives, or has lived, what the inquiry is about.', verbose_name='speaks from lived experience')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6fecffdd023d9189be9dfd82db4c0dfc11996588', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cdac7', table='witnesses_witnessevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Appearance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('panel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appearances', to='inquiry.panel')),
                        ('witness', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appearances', to='witnesses.witness')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appearances', to='witnesses.organisation')),
                        ('role', models.CharField(blank=True, max_length=200)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ('panel', 'position', 'id'),
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.panel_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM inquiry_panel other\n                WHERE other.id = NEW.panel_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'appearance and its panel belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.witness_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM witnesses_witness other\n                WHERE other.id = NEW.witness_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'appearance and its witness belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.organisation_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM witnesses_organisation other\n                WHERE other.id = NEW.organisation_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'appearance and its organisation belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='ba51a98a597e384c8727ef9c1058324d5901ae07', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_31dab', table='witnesses_appearance', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_one_under_the_rule', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."panel_id" IS NOT NULL)', func="\n            PERFORM 1 FROM inquiry_session s JOIN inquiry_panel p ON p.session_id = s.id\n                WHERE p.id = NEW.panel_id FOR SHARE;\n            IF EXISTS (\n                SELECT FROM inquiry_session s JOIN inquiry_panel p ON p.session_id = s.id\n                WHERE p.id = NEW.panel_id AND 'chatham_house' IN (s.rule, p.rule)\n            ) THEN\n                RAISE EXCEPTION 'Held under the Chatham House Rule: no witness may be recorded.' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='d34a7a111a9ce51cc56e396c0d6c2ed47cbe1553', operation='INSERT OR UPDATE', pgid='pgtrigger_no_one_under_the_rule_456e8', table='witnesses_appearance', when='BEFORE')), pgtrigger.compiler.Trigger(name='stays_on_its_panel', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."panel_id" IS DISTINCT FROM (NEW."panel_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='59773995d7f5bc2660ded1e0027d5b91068fc7f8', operation='UPDATE', pgid='pgtrigger_stays_on_its_panel_001c5', table='witnesses_appearance', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "witnesses_appearanceevent" ("created_at", "id", "inquiry_id", "organisation_id", "panel_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "witness_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."organisation_id", NEW."panel_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."role", NEW."witness_id"); RETURN NULL;', hash='942a8786d071775f21900664855ddbe9e85a4b97', operation='INSERT', pgid='pgtrigger_insert_insert_d9683', table='witnesses_appearance', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "witnesses_appearanceevent" ("created_at", "id", "inquiry_id", "organisation_id", "panel_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "witness_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."organisation_id", NEW."panel_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."role", NEW."witness_id"); RETURN NULL;', hash='2c90ebc6c0f551e67c9644e708f2fad1e91acf4f', operation='UPDATE', pgid='pgtrigger_update_update_e142b', table='witnesses_appearance', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "witnesses_appearanceevent" ("created_at", "id", "inquiry_id", "organisation_id", "panel_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "witness_id") VALUES (OLD."created_at", OLD."id", OLD."inquiry_id", OLD."organisation_id", OLD."panel_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."role", OLD."witness_id"); RETURN NULL;', hash='f7a58d7d1fbc27c00cb9afc7d0f21379d9180c76', operation='DELETE', pgid='pgtrigger_delete_delete_2bf73', table='witnesses_appearance', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='AppearanceEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='witnesses.appearance')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('panel', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.panel')),
                        ('witness', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='witnesses.witness')),
                        ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='witnesses.organisation')),
                        ('role', models.CharField(blank=True, max_length=200)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fe1f146804f1bfed25905ad064b3ba7196bbc156', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_51160', table='witnesses_appearanceevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
        # Apart, because within the statement that creates the table Django forgets that it is deferred.
        migrations.AddConstraint(
            model_name='appearance',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('panel', 'witness', 'organisation'), name='once_on_a_panel_for_a_body', nulls_distinct=False, violation_error_message='The same witness stands twice on a panel for the same body.'),
        ),
    ]

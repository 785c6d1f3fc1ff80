import accounts.tables
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('campaigns', '0001_initial'), ('campaigns', '0002_initial'), ('campaigns', '0003_initial'), ('campaigns', '0004_bands_of_the_first')]

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
                    name='Campaign',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('name', models.CharField(max_length=200)),
                    ],
                    options={
                        'ordering': ('name',),
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('inquiry', 'name'), name='one_campaign_of_a_name')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ", hash='34df5a6c43cc61ab44cd4384c1178d3a08275b72', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_9c314', table='campaigns_campaign', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_campaignevent" ("created_at", "id", "inquiry_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='415ce3feda08d7c4da32bc67cda95fdeb4a46ea3', operation='INSERT', pgid='pgtrigger_insert_insert_5522d', table='campaigns_campaign', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "campaigns_campaignevent" ("created_at", "id", "inquiry_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='f934b39170fe8e0bd493c348a213addf236f6d9d', operation='UPDATE', pgid='pgtrigger_update_update_f2afa', table='campaigns_campaign', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_campaignevent" ("created_at", "id", "inquiry_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."created_at", OLD."id", OLD."inquiry_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='a99c757d3331cc0479777cc440f59889f62d8732', operation='DELETE', pgid='pgtrigger_delete_delete_4123f', table='campaigns_campaign', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CampaignEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='campaigns.campaign')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('name', models.CharField(max_length=200)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cd78d02846c8c3f1cd9afeabc1d0e11b4eea1c90', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6a65a', table='campaigns_campaignevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='InCampaign',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='in_campaign', to='submissions.submission')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='campaigns.campaign')),
                        ('marked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'letter of a campaign',
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.submission_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM submissions_submission other\n                WHERE other.id = NEW.submission_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'letter of a campaign and its submission belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.campaign_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM campaigns_campaign other\n                WHERE other.id = NEW.campaign_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'letter of a campaign and its campaign belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='21e1d0d18d52ac37fd69a0c2b79000ba88b7e96a', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_068b4', table='campaigns_incampaign', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_incampaignevent" ("campaign_id", "created_at", "id", "inquiry_id", "marked_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "submission_id") VALUES (NEW."campaign_id", NEW."created_at", NEW."id", NEW."inquiry_id", NEW."marked_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."submission_id"); RETURN NULL;', hash='cea39a718e14d65aef2681f84ece7e8cee543fa3', operation='INSERT', pgid='pgtrigger_insert_insert_a66c3', table='campaigns_incampaign', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "campaigns_incampaignevent" ("campaign_id", "created_at", "id", "inquiry_id", "marked_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "submission_id") VALUES (NEW."campaign_id", NEW."created_at", NEW."id", NEW."inquiry_id", NEW."marked_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."submission_id"); RETURN NULL;', hash='fb6211b1ca2c55ec7c967c5e9f3b8a1dc7abcd4c', operation='UPDATE', pgid='pgtrigger_update_update_424ce', table='campaigns_incampaign', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_incampaignevent" ("campaign_id", "created_at", "id", "inquiry_id", "marked_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "submission_id") VALUES (OLD."campaign_id", OLD."created_at", OLD."id", OLD."inquiry_id", OLD."marked_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."submission_id"); RETURN NULL;', hash='00dd596f7a639ce26a898304a64825a023ca5ac2', operation='DELETE', pgid='pgtrigger_delete_delete_f2238', table='campaigns_incampaign', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='InCampaignEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='campaigns.incampaign')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('submission', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='submissions.submission')),
                        ('campaign', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='campaigns.campaign')),
                        ('marked_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b2d654b8e9fc3caab7a9750b58e723fe2db4493c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9321c', table='campaigns_incampaignevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='NotAlike',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='not_like', to='submissions.submission')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='submissions.submission')),
                        ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'word that submissions are not alike',
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('submission', 'other'), name='said_once_of_two'), models.CheckConstraint(condition=models.Q(('submission', models.F('other')), _negated=True), name='unlike_another')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.submission_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM submissions_submission other\n                WHERE other.id = NEW.submission_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'word that submissions are not alike and its submission belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.other_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM submissions_submission other\n                WHERE other.id = NEW.other_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'word that submissions are not alike and its other belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='94ddbdb5ad1f8fcf2ebb31c14b964a120d2ce4a8', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_9e519', table='campaigns_notalike', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_notalikeevent" ("created_at", "id", "inquiry_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "submission_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."other_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."said_by_id", NEW."submission_id"); RETURN NULL;', hash='ae0d77bde130fac12ea7dabfcc83bc05ba5c89b3', operation='INSERT', pgid='pgtrigger_insert_insert_ddbb5', table='campaigns_notalike', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "campaigns_notalikeevent" ("created_at", "id", "inquiry_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "submission_id") VALUES (NEW."created_at", NEW."id", NEW."inquiry_id", NEW."other_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."said_by_id", NEW."submission_id"); RETURN NULL;', hash='37640170fcd29d0981632f7397429c1d74fb1218', operation='UPDATE', pgid='pgtrigger_update_update_e4325', table='campaigns_notalike', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_notalikeevent" ("created_at", "id", "inquiry_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "submission_id") VALUES (OLD."created_at", OLD."id", OLD."inquiry_id", OLD."other_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."said_by_id", OLD."submission_id"); RETURN NULL;', hash='259e5fbbd48ac8790f00ae7e54d0b98059134f33', operation='DELETE', pgid='pgtrigger_delete_delete_f00ad', table='campaigns_notalike', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='NotAlikeEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='campaigns.notalike')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('submission', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='submissions.submission')),
                        ('other', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='submissions.submission')),
                        ('said_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ca9d429597e1f2d4eea7b60f589a27f563c48b73', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3d5d8', table='campaigns_notalikeevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Likeness',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='likeness', to='submissions.submission')),
                        ('first', models.ForeignKey(db_index=False, help_text='the first of its group, if it leads none', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='members', to='campaigns.likeness')),
                        ('alike', models.PositiveSmallIntegerField(help_text='with the first of its group, in per cent', null=True)),
                        ('words', models.PositiveIntegerField()),
                        ('places', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                        ('bands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), help_text='kept where others are compared with it, and only there', size=None)),
                        ('way', models.CharField(default='2/3/126/3', max_length=40)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['bands'], name='likeness_bands'), models.Index(fields=['first', '-alike'], name='likeness_group')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('alike__isnull', True), ('first__isnull', True)), models.Q(('alike__isnull', False), ('alike__lte', 100), ('first__isnull', False)), _connector='OR'), name='alike_with_a_first')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            IF NEW.submission_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM submissions_submission other\n                WHERE other.id = NEW.submission_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'likeness and its submission belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.first_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM campaigns_likeness other\n                WHERE other.id = NEW.first_id AND other.inquiry_id = NEW.inquiry_id\n            ) THEN\n                RAISE EXCEPTION 'likeness and its first belong to different inquiries.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='c54580857499881880b2197d1d0607fd4acb6cbb', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_c3231', table='campaigns_likeness', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

import accounts.tables
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('readiness', '0001_initial')]

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
                    name='Acceptance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('check_code', models.CharField(max_length=30, verbose_name='check')),
                        ('key', models.CharField(max_length=200, verbose_name='what was warned of')),
                        ('sign', models.CharField(max_length=64, verbose_name='sign of it as it was')),
                        ('says', models.CharField(max_length=300, verbose_name='what was said of it')),
                        ('reason', models.TextField()),
                        ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'accepted warning',
                        'ordering': ('-created_at', '-pk'),
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('inquiry', 'check_code', 'key'), name='accepted_once', violation_error_message='Somebody else has accepted this already.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='accepted_for_a_reason')],
                        'triggers': [pgtrigger.compiler.Trigger(name='same_inquiry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.inquiry_id <> OLD.inquiry_id THEN\n                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ", hash='2cf99c76c68d763edbcca6d292ff506cc8a58cc9', operation='INSERT OR UPDATE', pgid='pgtrigger_same_inquiry_02ddb', table='readiness_acceptance', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "readiness_acceptanceevent" ("accepted_by_id", "check_code", "created_at", "id", "inquiry_id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "says", "sign", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."accepted_by_id", NEW."check_code", NEW."created_at", NEW."id", NEW."inquiry_id", NEW."key", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."says", NEW."sign", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;', hash='bd83b12d55ff3171b0777489687e36bd378ae921', operation='INSERT', pgid='pgtrigger_insert_insert_bcf1f', table='readiness_acceptance', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "readiness_acceptanceevent" ("accepted_by_id", "check_code", "created_at", "id", "inquiry_id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "says", "sign", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."accepted_by_id", NEW."check_code", NEW."created_at", NEW."id", NEW."inquiry_id", NEW."key", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."says", NEW."sign", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;', hash='26a8078cfbaa41ecfa7176621ef7f2b123c96376', operation='UPDATE', pgid='pgtrigger_update_update_6dcaa', table='readiness_acceptance', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "readiness_acceptanceevent" ("accepted_by_id", "check_code", "created_at", "id", "inquiry_id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "says", "sign", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."accepted_by_id", OLD."check_code", OLD."created_at", OLD."id", OLD."inquiry_id", OLD."key", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."says", OLD."sign", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;', hash='5040ea51be849929b160b3f41611842b75a7485d', operation='DELETE', pgid='pgtrigger_delete_delete_9eb7b', table='readiness_acceptance', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='AcceptanceEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='readiness.acceptance')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inquiry.inquiry')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('check_code', models.CharField(max_length=30, verbose_name='check')),
                        ('key', models.CharField(max_length=200, verbose_name='what was warned of')),
                        ('sign', models.CharField(max_length=64, verbose_name='sign of it as it was')),
                        ('says', models.CharField(max_length=300, verbose_name='what was said of it')),
                        ('reason', models.TextField()),
                        ('accepted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e46821644b078c27d2bfc5071ec8549c99ac05cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e8f50', table='readiness_acceptanceevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]

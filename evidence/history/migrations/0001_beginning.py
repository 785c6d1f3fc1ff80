import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from evidence.history.attaching import INSTALL


class Migration(migrations.Migration):

    replaces = [('history', '0001_initial'), ('history', '0002_without_an_error_a_row')]

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Trace',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
            },
            bases=('pghistory.context',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trace',
            trigger=pgtrigger.compiler.Trigger(name='a_trace_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='b10a0f56c25b3e5a9fac1375bd14b0fe31861412', operation='DELETE', pgid='pgtrigger_a_trace_stands_39664', table='pghistory_context', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trace',
            trigger=pgtrigger.compiler.Trigger(name='a_trace_is_only_added_to', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.id::text IS DISTINCT FROM current_setting('pghistory.context_id', true)\n                        OR (NEW.id, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.created_at)\n                    THEN\n                        RAISE EXCEPTION 'Who made a change, and where, is not rewritten.'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    NEW.metadata := NEW.metadata || jsonb_strip_nulls(OLD.metadata);\n                    RETURN NEW;\n                ", hash='06c7ff9ef0ce747644320088a34137587414778a', operation='UPDATE', pgid='pgtrigger_a_trace_is_only_added_to_26634', table='pghistory_context', when='BEFORE')),
        ),
        # In place of a function that does the same, so there is nothing to take back.
        migrations.RunSQL(INSTALL, migrations.RunSQL.noop),
    ]

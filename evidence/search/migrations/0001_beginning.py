import accounts.tables
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('search', '0001_initial')]

    initial = True

    dependencies = [
        ('documents', '0001_beginning'),
        ('inquiry', '0001_beginning'),
    ]

    operations = [
        accounts.tables.Tables(
            tables=[
                migrations.CreateModel(
                    name='Word',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inquiry.inquiry')),
                        ('word', models.CharField(max_length=40)),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('word', name='gin_trgm_ops'), name='words_by_likeness')],
                        'constraints': [models.UniqueConstraint(fields=('inquiry', 'word'), name='one_word_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Gathered',
                    fields=[
                        ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='documents.document')),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inquiry.inquiry')),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='forgets_with_its_document', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    IF EXISTS (SELECT FROM gone) THEN\n                        DELETE FROM search_word WHERE inquiry_id IN (SELECT inquiry_id FROM gone);\n                        DELETE FROM search_gathered WHERE inquiry_id IN (SELECT inquiry_id FROM gone);\n                    END IF;\n                    RETURN NULL;\n                ', hash='ea7715b4e6893f9cd1a03732d8973bbc7fd2a517', level='STATEMENT', operation='DELETE', pgid='pgtrigger_forgets_with_its_document_edcb9', referencing='REFERENCING OLD TABLE AS gone ', table='search_gathered', when='AFTER'))],
                    },
                ),
            ],
        ),
    ]

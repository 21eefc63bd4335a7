from django.db import migrations, models


class Migration(migrations.Migration):
    """A part of the reception of refugees knows its activity code in the ledger."""

    dependencies = [("staff", "0001_payroll_volumes_and_reception")]

    operations = [
        migrations.AddField(
            model_name="reception",
            name="activity",
            field=models.CharField(blank=True, default="", max_length=10, verbose_name="verksamhetskod"),
            preserve_default=False,
        ),
    ]

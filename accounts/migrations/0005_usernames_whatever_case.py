"""Usernames differ by more than case, also when two people register in the same moment."""

from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_transfer_rules"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(Upper("username"), name="username_unique_whatever_case"),
        ),
    ]

"""The columns and indexes of Tounesna's own tables; names in the clear instead of sealed."""

from django.db import models

ANTENNAS = ["TUN", "SFA", "MED", "BIZ", "KEF", "TAT", "MON", "KAI", "GAF"]
STAGES = ["received", "planned", "in-progress", "follow-up", "closed"]


class Person(models.Model):
    id = models.CharField(primary_key=True, max_length=26)
    antenna = models.CharField(max_length=10)
    version = models.BigIntegerField()
    identity = models.BinaryField()
    name_latin = models.CharField(max_length=120)
    name_arabic = models.CharField(max_length=120)
    sex = models.CharField(max_length=10)
    birth_year = models.BigIntegerField()
    governorate = models.CharField(max_length=10)

    class Meta:
        indexes = [models.Index(fields=["antenna", "id"])]


class Account(models.Model):
    name = models.CharField(max_length=120)


class Case(models.Model):
    id = models.CharField(primary_key=True, max_length=26)
    number = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, models.PROTECT)
    antenna = models.CharField(max_length=10, choices=[(code, code) for code in ANTENNAS])
    contact = models.ForeignKey(Account, models.PROTECT)
    channel = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    version = models.BigIntegerField()
    returned_on = models.DateField(null=True)
    plan_agreed_on = models.DateField(null=True)
    first_action_on = models.DateField(null=True)
    first_visit_on = models.DateField(null=True)
    next_action_on = models.DateField(null=True)
    next_visit_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    stage = models.CharField(max_length=20, choices=[(stage, stage) for stage in STAGES])
    due_on = models.DateField(null=True)
    due_what = models.CharField(max_length=20, null=True)
    return_country = models.CharField(max_length=2)
    return_kind = models.CharField(max_length=20)
    return_facts = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=fields)
            for fields in (
                ["received_at", "id"], ["stage", "received_at", "id"], ["antenna", "received_at", "id"],
                ["antenna", "stage", "received_at", "id"], ["due_on", "id"],
            )
        ]

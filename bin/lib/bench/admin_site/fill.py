"""Makes the tables and fills them; prints the cookie of somebody who is signed in: python -m admin_site.fill PERSONS"""

import datetime
import random
import sys

import django
from django.core.management import call_command

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.test import Client  # noqa: E402

from admin_site.models import ANTENNAS, STAGES, Account, Case, Person  # noqa: E402

NAMES = [("Amel Ben Salah", "آمال بن صالح"), ("Karim Trabelsi", "كريم الطرابلسي"), ("Sonia Gharbi", "سنية الغربي")]
TODAY = datetime.datetime.now(datetime.timezone.utc)


def person(chance, number):
    latin, arabic = chance.choice(NAMES)
    return Person(
        id=f"{chance.getrandbits(100):026x}", antenna=chance.choice(ANTENNAS), version=1,
        identity=chance.randbytes(300), name_latin=f"{latin} {number}", name_arabic=arabic,
        sex="male", birth_year=1990, governorate="TN-11")


def case(chance, number, person, accounts):
    at = TODAY - datetime.timedelta(seconds=chance.randrange(730 * 86_400))
    return Case(
        id=f"{chance.getrandbits(100):026x}", number=f"{person.antenna}-{at.year}-{number:06}", person=person,
        antenna=person.antenna, contact=chance.choice(accounts), channel="walk-in", received_at=at, version=1,
        returned_on=at.date(), stage=chance.choice(STAGES), due_on=at.date() + datetime.timedelta(days=30),
        due_what="plan", return_country="FR", return_kind="voluntary", return_facts=chance.randbytes(120))


def fill(count):
    chance = random.Random(1)
    accounts = Account.objects.bulk_create([Account(name=f"Conseil {antenna}") for antenna in ANTENNAS])
    for first in range(0, count, 5_000):
        numbers = range(first, min(first + 5_000, count))
        persons = Person.objects.bulk_create([person(chance, number) for number in numbers])
        Case.objects.bulk_create([case(chance, *pair, accounts) for pair in zip(numbers, persons)])


call_command("migrate", run_syncdb=True, verbosity=0)
fill(int(sys.argv[1]))
client = Client()
client.force_login(User.objects.create_superuser("bench"))
sys.stdout.write(client.cookies["sessionid"].value)

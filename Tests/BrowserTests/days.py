"""The program's day is Tunis's: an hour before midnight it is not the machine's any more."""

import datetime
import zoneinfo

TUNIS = zoneinfo.ZoneInfo("Africa/Tunis")


def today():
    return datetime.datetime.now(TUNIS).date()

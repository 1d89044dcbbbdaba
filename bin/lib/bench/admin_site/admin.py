from django.contrib import admin

from admin_site.models import Case


@admin.register(Case)
class CaseAdmin(admin.ModelAdmin):
    list_display = ["name_latin", "name_arabic", "number", "stage", "contact_name", "received_at", "due_on", "due_what"]
    list_filter = ["stage", "antenna"]
    list_select_related = ["person", "contact"]
    list_per_page = 50
    ordering = ["-received_at", "-id"]

    def name_latin(self, case):
        return case.person.name_latin

    def name_arabic(self, case):
        return case.person.name_arabic

    def contact_name(self, case):
        return case.contact.name

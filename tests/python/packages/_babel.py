# package: babel
from babel import Locale, numbers, dates
from datetime import datetime
print(numbers.format_currency(1234567.891, "EUR", locale="de_DE"), numbers.format_decimal(12345.678, locale="fr"), numbers.format_percent(0.256, locale="en"))
print(dates.format_datetime(datetime(2024, 2, 29, 13, 5), "full", locale="es"), Locale.parse("pt_BR").display_name, Locale("ja").territories["DE"], Locale("ru").plural_form(22))

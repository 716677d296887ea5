"""Numbers and dates as their formats show them; the expectations are what Excel displays.

May import `ingest`.
"""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.figures import CHINESE_DATES, display


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (3, "General", "3"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (3.0000000000004, "General", "3"),
        (12345678901.25, "General", "12345678901.25"),
        (20240301, "General", "20240301"),
        (0.125, "0%", "13%"),
        (0.125, "0.0%", "12.5%"),
        (1.5, "完成0%", "完成150%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1200000, "#,##0,", "1,200"),
        (2.5, "0", "3"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (-5, "0_);[Red](0)", "(5)"),
        (-5, "0.00", "-5.00"),
        (-0.001, "0.00", "0.00"),
        (313000, "000000", "313000"),
        (13000, "000000", "013000"),
        (3.5, '0.0"亿元"', "3.5亿元"),
        (1234.5, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "¥1,234.50"),
        (1.5, "0.##", "1.5"),
        (1, "0.##", "1"),
        (1.25, "# ?/?", "1.25"),
        (15000, '[>=10000]0.0,"万";0', "15000"),
        (12, "[DBNum1][$-804]General", "12"),
        (1e300, "0.00", "1e+300"),
        (True, "General", "是"),
        (False, "0.00", "否"),
        (None, "General", ""),
    ],
)
def test_numbers(value, code, shown):
    assert display(value, code) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('yyyy"年"m"月"d"日";@', "2024年3月1日"),
        ("[$-804]yyyy\\年m\\月", "2024年3月"),
        ('m"月"d"日"', "3月1日"),
        ("mm-dd-yy", "2024-03-01"),
        ("yyyy/m/d;@", "2024-03-01"),
        ("yyyy-mm", "2024-03"),
        ("yyyy-mm-dd hh:mm", "2024-03-01 08:30"),
        ("m/d/yy h:mm", "2024-03-01 08:30"),
        ("h:mm", "08:30"),
        ("[$-F800]dddd, mmmm dd, yyyy", "2024-03-01"),
        (CHINESE_DATES[31], "2024年3月1日"),
        (CHINESE_DATES[57], "2024年3月"),
    ],
)
def test_dates(code, shown):
    assert display(datetime(2024, 3, 1, 8, 30), code) == shown


def test_times_and_spans_of_time():
    assert display(time(8, 30), "h:mm") == "08:30"
    assert display(timedelta(hours=30, minutes=5), "[h]:mm:ss") == "30:05:00"
    assert display(date(2024, 3, 1), "General") == "2024-03-01"


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_keep_every_digit(number):
    assert display(number, "General") == display(float(number), "0") == str(number)
    assert display(number, "#,##0").replace(",", "") == str(number)


@given(
    st.floats(-1e14, 1e14).filter(lambda number: abs(number) > 1e-5 or number == 0),
    st.sampled_from(["General", "0.0000000000"]),
)
def test_what_is_shown_is_the_number(number, code):
    assert float(display(number, code)) == pytest.approx(number, rel=1e-9, abs=1e-9)


@given(st.floats() | st.integers() | st.datetimes(), st.text('0#?,.%;[]"\\年月日yymdhs_*-+E@/ ', max_size=20))
def test_no_format_breaks_it(value, code):
    assert isinstance(display(value, code), str)

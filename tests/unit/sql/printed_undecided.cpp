// What PostgreSQL 15 printed, with an empty search_path, for definitions that were written by hand with search_path =
// app.
#include "unit/sql/printed_forms.h"

namespace segue::sql::test {

// clang-format off
const std::vector<PrintedForm>& undecided_forms() {
  static const std::vector<PrintedForm> all = {
    {"expression", R"sql(amount = 1e3)sql", R"sql((amount = '1000'::numeric))sql"},
    {"expression", R"sql((n, id) = (1, 2))sql", R"sql(((n = 1) AND (id = 2)))sql"},
    {"doc", R"sql(to_tsvector('english', ''))sql", R"sql(to_tsvector('english'::regconfig, ''::text))sql"},
    {"query", R"sql(with recursive r(i) as (select 1 union all select i + 1 from r where i < 10) select i from r)sql", R"sql(WITH RECURSIVE r(i) AS ( SELECT 1 AS "?column?" UNION ALL SELECT (r_1.i + 1) FROM r r_1 WHERE (r_1.i < 10) ) SELECT r.i FROM r;)sql"},
    {"query", R"sql(select id, title from t natural join b)sql", R"sql(SELECT t.id, b.title FROM (app.t JOIN app.b USING (id, price, kind));)sql"},
    {"query", R"sql(select id from t for update)sql", R"sql(SELECT t.id FROM app.t FOR UPDATE OF t;)sql"},
    {"query", R"sql(select t as whole from t)sql", R"sql(SELECT t.*::app.t AS whole FROM app.t;)sql"},
    {"query", R"sql(select (t).id from t)sql", R"sql(SELECT t.id FROM app.t;)sql"},
    {"expression", R"sql(iv > '24:00')sql", R"sql((iv > '24:00:00'::interval))sql"},
    {"expression", R"sql(coalesce(name, 'x')::varchar = 'a')sql", R"sql(((COALESCE(name, 'x'::character varying))::text = 'a'::text))sql"},
    {"expression", R"sql(coalesce(price, 0)::numeric = 1)sql", R"sql((COALESCE(price, (0)::numeric) = (1)::numeric))sql"},
    {"expression", R"sql(coalesce(n, 0)::int = 1)sql", R"sql((COALESCE(n, 0) = 1))sql"},
    {"expression", R"sql((select max(title) from b)::text = 'a')sql", R"sql((( SELECT max(b.title) AS max FROM app.b) = 'a'::text))sql"},
    {"expression", R"sql(mail = 'x'::app.email)sql", R"sql(((mail)::text = (('x'::text)::app.email)::text))sql"},
    {"expression", R"sql(code || 'x' = 'a')sql", R"sql((((code)::text || 'x'::text) = 'a'::text))sql"},
    {"expression", R"sql(code = name)sql", R"sql((code = (name)::bpchar))sql"},
    {"expression", R"sql('t')sql", R"sql(true)sql"},
    {"expression", R"sql(d = '2020-01-01'::timestamp)sql", R"sql((d = '2020-01-01 00:00:00'::timestamp without time zone))sql"},
    {"expression", R"sql(date_trunc('day', d) = ts)sql", R"sql((date_trunc('day'::text, (d)::timestamp with time zone) = ts))sql"},
    {"expression", R"sql(to_timestamp(n) > now())sql", R"sql((to_timestamp((n)::double precision) > now()))sql"},
    {"expression", R"sql(floor(n) = 1)sql", R"sql((floor((n)::double precision) = (1)::double precision))sql"},
    {"expression", R"sql(power(n, 2) > 1)sql", R"sql((power((n)::double precision, (2)::double precision) > (1)::double precision))sql"},
    {"expression", R"sql(localtime < '10:00')sql", R"sql((LOCALTIME < '10:00:00'::time without time zone))sql"},
    {"expression", R"sql(array[name, kind] is null)sql", R"sql((ARRAY[name, (kind)::character varying] IS NULL))sql"},
    {"expression", R"sql(exists (select 1, 'x' from b))sql", R"sql((EXISTS ( SELECT 1, 'x'::text FROM app.b)))sql"},
    {"expression", R"sql(b'101' is null)sql", R"sql(('101'::"bit" IS NULL))sql"},
    {"expression", R"sql(x'1F' is null)sql", R"sql(('00011111'::"bit" IS NULL))sql"},
    {"expression", R"sql(app.f('5') = 1)sql", R"sql((app.f(5) = 1))sql"},
    {"expression", R"sql(abs('5') = 1)sql", R"sql((abs('5'::double precision) = (1)::double precision))sql"},
    {"data", R"sql('{"a":  1}')sql", R"sql('{"a": 1}'::jsonb)sql"},
    {"query", R"sql(select t.id from t natural left join (select 1 as one) o)sql", R"sql(SELECT t.id FROM (app.t LEFT JOIN ( SELECT 1 AS one) o ON TRUE);)sql"},
    {"query", R"sql(select e.value from t, jsonb_array_elements(data) e)sql", R"sql(SELECT e.value FROM app.t, LATERAL jsonb_array_elements(t.data) e(value);)sql"},
    {"query", R"sql(select e.value ->> 'a' as a from t, jsonb_array_elements(t.data -> 'items') as e(value))sql", R"sql(SELECT (e.value ->> 'a'::text) AS a FROM app.t, LATERAL jsonb_array_elements((t.data -> 'items'::text)) e(value);)sql"},
    {"query", R"sql(select percentile_cont(0.5) within group (order by n) from t)sql", R"sql(SELECT percentile_cont((0.5)::double precision) WITHIN GROUP (ORDER BY ((t.n)::double precision)) AS percentile_cont FROM app.t;)sql"},
    {"query", R"sql(select s from generate_series('2020-01-01'::date, '2020-02-01', '1 day') s)sql", R"sql(SELECT s.s FROM generate_series(('2020-01-01'::date)::timestamp with time zone, '2020-02-01 00:00:00+00'::timestamp with time zone, '1 day'::interval) s(s);)sql"},
    {"expression", R"sql(iv > '1 Day')sql", R"sql((iv > '1 day'::interval))sql"},
    {"expression", R"sql(iv > '0 days')sql", R"sql((iv > '00:00:00'::interval))sql"},
  };
  return all;
}
// clang-format on

}  // namespace segue::sql::test

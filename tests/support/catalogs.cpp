#include "support/catalogs.h"

namespace segue::test {
namespace {

/// The server says itself which of its columns point to which of its catalogs, so that a catalog or a column of a later
/// version is compared without a word here. Node trees, which hold places in a text, are left out for what the server
/// prints of them; and so is what two databases of one schema may differ in (files, pages, numbers of columns, flags
/// that VACUUM brings up to date, whether a materialized view is filled, privileges that say what none would).
constexpr const char* script = R"sql(
SET search_path = '';
WITH links AS (
  SELECT fktable, fkcols, pktable, is_array FROM pg_catalog.pg_get_catalog_foreign_keys()
), catalogs AS (
  SELECT c.oid, c.relname FROM pg_catalog.pg_class c
  WHERE c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace AND c.relkind = 'r'
    AND (NOT c.relisshared OR c.relname = 'pg_subscription')
    AND c.relname NOT IN ('pg_statistic', 'pg_statistic_ext_data', 'pg_depend', 'pg_init_privs', 'pg_largeobject',
      'pg_largeobject_metadata', 'pg_subscription_rel', 'pg_description', 'pg_seclabel')
), columns AS (
  SELECT k.oid AS catalog, a.attname, a.attnum,
    CASE
      WHEN a.attname = 'enumsortorder' THEN
        '(SELECT pg_catalog.count(*) FROM pg_catalog.pg_enum e WHERE e.enumtypid = x.enumtypid'
        ' AND e.enumsortorder < x.enumsortorder)'
      -- its text may be the one of another search_path: pg_dump.c, dumpDomain
      WHEN a.attname = 'typdefault' THEN 'COALESCE(pg_catalog.pg_get_expr(x.typdefaultbin, 0), x.typdefault)'
      WHEN a.attname = 'prattrs' THEN '(SELECT pg_catalog.array_agg(t.attname ORDER BY t.attname)'
        ' FROM pg_catalog.pg_attribute t WHERE t.attrelid = x.prrelid AND t.attnum = ANY (x.prattrs::pg_catalog.int2[]))'
      WHEN a.attname = 'connoinherit' THEN '(x.connoinherit AND x.contype IN (''c'', ''n''))'  -- means nothing of keys
      WHEN one.pktable IS NOT NULL AND NOT one.is_array THEN
        pg_catalog.format('(SELECT identity FROM pg_catalog.pg_identify_object(%L::pg_catalog.regclass,'
          ' x.%I::pg_catalog.oid, 0))', one.pktable, a.attname)
      WHEN one.pktable IS NOT NULL THEN
        pg_catalog.format('(SELECT pg_catalog.array_agg(i.identity ORDER BY n)'
          ' FROM pg_catalog.unnest(x.%2$I::pg_catalog.oid[]) WITH ORDINALITY u(o, n)'
          ' LEFT JOIN LATERAL pg_catalog.pg_identify_object(%1$L::pg_catalog.regclass, u.o, 0) i ON true)',
          one.pktable, a.attname)
      WHEN two.fkcols IS NOT NULL AND two.is_array THEN
        pg_catalog.format('(SELECT pg_catalog.array_agg(t.attname ORDER BY n)'
          ' FROM pg_catalog.unnest(x.%I::pg_catalog.int2[]) WITH ORDINALITY u(o, n)'
          ' LEFT JOIN pg_catalog.pg_attribute t ON t.attrelid = x.%I AND t.attnum = u.o)', a.attname, two.fkcols[1])
      WHEN two.fkcols IS NOT NULL THEN
        pg_catalog.format('(SELECT t.attname FROM pg_catalog.pg_attribute t WHERE t.attrelid = x.%I'
          ' AND t.attnum = x.%I)', two.fkcols[1], a.attname)
      WHEN a.atttypid = 'pg_catalog._aclitem'::pg_catalog.regtype AND owner.attname IS NOT NULL THEN
        pg_catalog.format('(SELECT NULLIF(pg_catalog.array_agg(u.t ORDER BY u.t), (SELECT pg_catalog.array_agg(d.t'
          ' ORDER BY d.t) FROM (SELECT pg_catalog.unnest(pg_catalog.acldefault(%s, x.%I))::pg_catalog.text AS t) d))'
          ' FROM (SELECT pg_catalog.unnest(x.%I)::pg_catalog.text AS t) u)',
          CASE k.relname WHEN 'pg_class' THEN 'CASE x.relkind WHEN ''S'' THEN ''s''::"char" ELSE ''r''::"char" END'
            WHEN 'pg_proc' THEN '''f''' WHEN 'pg_namespace' THEN '''n''' WHEN 'pg_language' THEN '''l'''
            WHEN 'pg_foreign_data_wrapper' THEN '''F''' WHEN 'pg_foreign_server' THEN '''S''' ELSE '''T''' END,
          owner.attname, a.attname)
      WHEN a.atttypid = 'pg_catalog._aclitem'::pg_catalog.regtype
        OR (a.atttypid = 'pg_catalog._text'::pg_catalog.regtype AND a.attname LIKE '%options') THEN
        pg_catalog.format('(SELECT pg_catalog.array_agg(u.t ORDER BY u.t)'
          ' FROM (SELECT pg_catalog.unnest(x.%I)::pg_catalog.text AS t) u)', a.attname)
      ELSE pg_catalog.format('x.%I', a.attname)
    END AS value
  FROM catalogs k JOIN pg_catalog.pg_attribute a ON a.attrelid = k.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN links one ON one.fktable = k.oid AND one.fkcols = ARRAY[a.attname]::pg_catalog.text[]
  LEFT JOIN links two ON two.fktable = k.oid AND pg_catalog.cardinality(two.fkcols) = 2
    AND two.fkcols[2] = a.attname AND two.pktable = 'pg_catalog.pg_attribute'::pg_catalog.regclass
  LEFT JOIN pg_catalog.pg_attribute owner ON owner.attrelid = k.oid AND owner.attname LIKE '%owner'
  WHERE a.atttypid <> 'pg_catalog.pg_node_tree'::pg_catalog.regtype
    AND a.attname NOT IN ('oid', 'relfilenode', 'relpages', 'reltuples', 'relallvisible', 'relallfrozen',
      'relfrozenxid', 'relminmxid', 'reltoastrelid', 'relrewrite', 'relhasindex', 'relhasrules', 'relhastriggers',
      'relhassubclass', 'relispopulated', 'relnatts', 'reltype', 'typarray', 'attcacheoff', 'attnum', 'attmissingval',
      'atthasmissing', 'indcheckxmin', 'subdbid', 'subskiplsn', 'extconfig', 'collencoding', 'attndims')
), keys AS (
  SELECT k.oid AS catalog, k.relname, COALESCE(own.attname, first.attname) AS key,
    CASE WHEN own.attname IS NOT NULL
      THEN pg_catalog.format('%L::pg_catalog.regclass, x.oid', k.oid::pg_catalog.regclass)
      ELSE pg_catalog.format('%L::pg_catalog.regclass, x.%I', first.pktable, first.attname) END AS address,
    CASE k.relname
      WHEN 'pg_class' THEN 'CASE WHEN x.relkind IN (''v'', ''m'') THEN pg_catalog.pg_get_viewdef(x.oid) END,'
        ' pg_catalog.pg_get_partkeydef(x.oid), pg_catalog.pg_get_expr(x.relpartbound, x.oid)'
      WHEN 'pg_attrdef' THEN 'pg_catalog.pg_get_expr(x.adbin, x.adrelid)'
      WHEN 'pg_constraint' THEN 'pg_catalog.pg_get_constraintdef(x.oid)'
      WHEN 'pg_index' THEN 'pg_catalog.pg_get_indexdef(x.indexrelid)'
      WHEN 'pg_trigger' THEN 'pg_catalog.pg_get_triggerdef(x.oid)'
      WHEN 'pg_rewrite' THEN 'pg_catalog.pg_get_ruledef(x.oid)'
      WHEN 'pg_policy' THEN 'pg_catalog.pg_get_expr(x.polqual, x.polrelid),'
        ' pg_catalog.pg_get_expr(x.polwithcheck, x.polrelid)'
      WHEN 'pg_proc' THEN 'CASE WHEN x.prokind IN (''f'', ''p'') THEN pg_catalog.pg_get_functiondef(x.oid) END'
      WHEN 'pg_statistic_ext' THEN 'pg_catalog.pg_get_statisticsobjdef(x.oid)'
      WHEN 'pg_publication_rel' THEN CASE WHEN pg_catalog.current_setting('server_version_num')::integer >= 150000
        THEN 'pg_catalog.pg_get_expr(x.prqual, x.prrelid)' ELSE 'NULL' END
      ELSE 'NULL' END AS printed,
    CASE k.relname
      WHEN 'pg_class' THEN 'x.relnamespace <> 99'
      WHEN 'pg_attribute' THEN 'x.attnum > 0 AND NOT x.attisdropped AND EXISTS (SELECT FROM pg_catalog.pg_class r'
        ' WHERE r.oid = x.attrelid AND r.relkind NOT IN (''i'', ''I'', ''t'', ''S''))'
      WHEN 'pg_index' THEN 'EXISTS (SELECT FROM pg_catalog.pg_class r WHERE r.oid = x.indexrelid'
        ' AND r.relnamespace <> 99)'
      WHEN 'pg_trigger' THEN 'NOT x.tgisinternal'
      -- those of temporary objects stay, empty
      WHEN 'pg_namespace' THEN 'x.nspname !~ ''^pg_(toast_)?temp_'''
      -- copies on partitions are numbered as they come
      WHEN 'pg_constraint' THEN 'x.contype <> ''f'' OR x.conparentid = 0'
      WHEN 'pg_type' THEN 'NOT (x.typcategory = ''A'' AND x.typelem <> 0)'
      WHEN 'pg_subscription' THEN 'x.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d'
        ' WHERE d.datname = pg_catalog.current_database())'
      ELSE 'true' END AS wanted
  FROM catalogs k
  LEFT JOIN pg_catalog.pg_attribute own ON own.attrelid = k.oid AND own.attname = 'oid' AND k.relname <> 'pg_enum'
  LEFT JOIN LATERAL (SELECT a.attname, l.pktable FROM pg_catalog.pg_attribute a
    JOIN links l ON l.fktable = k.oid AND l.fkcols = ARRAY[a.attname]::pg_catalog.text[]
    WHERE a.attrelid = k.oid ORDER BY a.attnum LIMIT 1) first ON true
)
SELECT pg_catalog.format(
  'SELECT pg_catalog.concat(E''--\n-- Name: '', w.identity, E''; Type: %1$s; Schema: -; Owner: \n--\n\n'','
  ' pg_catalog.quote_literal(pg_catalog.string_agg(w.row, E''\n\n'' ORDER BY w.row)), E''\n\n'')'
  ' FROM (SELECT i.identity, pg_catalog.concat_ws(E''\n'', %2$s, %3$s) AS row'
  ' FROM pg_catalog.%1$I x, LATERAL pg_catalog.pg_identify_object(%4$s, 0) i'
  ' WHERE (x.%5$I::pg_catalog.oid >= 16384 OR x.%5$I::pg_catalog.oid = 2200) AND %6$s) w'
  ' WHERE w.identity !~ ''(^|[ (])segue(_retained)?([.]|$)'' GROUP BY w.identity ORDER BY 1',
  k.relname,
  (SELECT pg_catalog.string_agg(pg_catalog.format('''%s = '' || (%s)::pg_catalog.text', c.attname, c.value), ', '
    ORDER BY c.attnum) FROM columns c WHERE c.catalog = k.catalog),
  k.printed, k.address, k.key, k.wanted)
FROM keys k ORDER BY k.relname
\gexec
SELECT pg_catalog.concat(E'--\n-- Name: ', i.object, E'; Type: pg_description; Schema: -; Owner: \n--\n\n',
  pg_catalog.quote_literal(i.description), E'\n\n')
FROM (SELECT pg_catalog.pg_describe_object(d.classoid, d.objoid, d.objsubid) AS object, d.description
  FROM pg_catalog.pg_description d WHERE d.objoid >= 16384 OR d.objoid = 2200) i
WHERE i.object !~ '(^|[ (])segue(_retained)?([.]|$)' ORDER BY 1;
)sql";

}  // namespace

std::string catalogs_script() { return script; }

}  // namespace segue::test

# package: sqlparse
import sqlparse
print(sqlparse.format("select a,b, count(*) from t left join u on t.i=u.i where x in (1,2) group by a having b>1; insert into t values (1)", reindent=True, keyword_case="upper"))
sqlparse.parse("select a from b where c = 'd'")[0]._pprint_tree()

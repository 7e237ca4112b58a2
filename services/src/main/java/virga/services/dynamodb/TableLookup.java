package virga.services.dynamodb;

import java.util.List;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.dynamodb.DescribeTableInput;
import virga.model.dynamodb.DescribeTableOutput;
import virga.model.dynamodb.ListTablesInput;
import virga.model.dynamodb.ListTablesOutput;

/** Answers what tables there are. */
final class TableLookup {
    private static final int LONGEST_PAGE = 100;

    DescribeTableOutput describe(Call call, DescribeTableInput input, UnitOfWork work) {
        Table table = Tables.described(work, call, input.tableName());
        return DescribeTableOutput.builder()
                .table(new TableDescriptions(work, call).of(table))
                .build();
    }

    ListTablesOutput list(Call call, ListTablesInput input, UnitOfWork work) {
        int limit = input.limit().orElse(LONGEST_PAGE);
        String after = input.exclusiveStartTableName().orElse("");
        List<String> names = Tables.all(work, call.scope(), call.at()).stream()
                .map(Table::name)
                .filter(name -> name.compareTo(after) > 0)
                .toList();
        if (names.size() <= limit) {
            return ListTablesOutput.builder().tableNames(names).build();
        }
        List<String> page = names.subList(0, limit);
        return ListTablesOutput.builder()
                .tableNames(page)
                .lastEvaluatedTableName(page.getLast())
                .build();
    }
}

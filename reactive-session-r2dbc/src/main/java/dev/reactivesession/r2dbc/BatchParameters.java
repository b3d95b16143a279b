package dev.reactivesession.r2dbc;

import dev.reactivesession.store.SessionRecord;
import io.r2dbc.spi.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The parameters of a batch, one array for each column. */
record BatchParameters(List<TextArray> columns) {

    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    static BatchParameters of(List<? extends RowWrite> writes) {
        BatchParameters parameters = new BatchParameters(new ArrayList<>());
        writes.forEach(parameters::add);
        return parameters;
    }

    Statement bind(Statement statement) {
        for (int column = 0; column < columns.size(); column++) {
            statement.bind(column, columns.get(column).text());
        }
        return statement;
    }

    private void add(RowWrite write) {
        column(0).add(TextArray.uuid(write.id()));
        if (write instanceof RowWrite.Insert insert) {
            add(insert.record());
        } else if (write instanceof RowWrite.Update update) {
            add(update.record());
            column(9).add(Long.toString(update.basedOn()));
        } else if (write instanceof RowWrite.Touch touch) {
            column(1).add(touch.accessed().toString());
            column(2).add(touch.expires().toString());
        }
    }

    private void add(SessionRecord record) {
        column(1).add(quotedBase64(record.proof()));
        column(2).add(Long.toString(record.version()));
        column(3).add(record.createdAt().toString());
        column(4).add(record.lastAccessedAt().toString());
        column(5).add(Long.toString(record.idleTimeout().toMillis()));
        column(6).add(record.expiresAt().toString());
        column(7).addText(record.principal());
        column(8).add(quotedBase64(record.payload()));
    }

    // Quoted, because no bytes are an empty text.
    private static String quotedBase64(byte[] bytes) {
        return '"' + BASE64.encodeToString(bytes) + '"';
    }

    private TextArray column(int number) {
        if (number == columns.size()) {
            columns.add(new TextArray());
        }
        return columns.get(number);
    }
}

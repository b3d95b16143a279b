package dev.reactivesession.r2dbc;

import dev.reactivesession.store.SessionRecord;
import io.r2dbc.spi.Statement;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a batch, one array for each column. */
final class BatchParameters {

    private static final int PAYLOAD = 8;

    private static final int MARKS = 8;

    /** Base64 writes three bytes as four letters. */
    private static final int LETTERS = 4;

    private static final int BYTES = 3;

    private final List<TextArray> columns = new ArrayList<>();

    private final int rows;

    private final int payloads;

    private BatchParameters(List<? extends RowWrite> writes) {
        rows = writes.size();
        payloads = writes.stream().mapToInt(RowWrite::bytes).sum();
        writes.forEach(this::add);
    }

    static BatchParameters of(List<? extends RowWrite> writes) {
        return new BatchParameters(writes);
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
        column(1).addBytes(record.proof());
        column(2).add(Long.toString(record.version()));
        column(3).add(record.createdAt().toString());
        column(4).add(record.lastAccessedAt().toString());
        column(5).add(Long.toString(record.idleTimeout().toMillis()));
        column(6).add(record.expiresAt().toString());
        column(7).addText(record.principal());
        column(PAYLOAD).addBytes(record.payload());
    }

    private TextArray column(int number) {
        if (number == columns.size()) {
            columns.add(new TextArray(length(number)));
        }
        return columns.get(number);
    }

    private int length(int number) {
        return number == PAYLOAD ? payloads / BYTES * LETTERS + rows * MARKS : rows * TextArray.UUID_LENGTH;
    }
}

package dev.reactivesession.r2dbc;

import dev.reactivesession.store.SessionRecord;
import io.r2dbc.spi.Row;
import java.util.Base64;
import java.util.regex.Pattern;

/** The form in which records cross between application and database. The stored form is the same. */
enum WireForm {
    /** Each part in a column of its own, as the driver reads and writes it. */
    COLUMNS("id, proof, version, created_at, accessed_at, idle_ms, expires_at, principal, payload", "$1") {
        @Override
        Object sent(byte[] bytes) {
            return bytes;
        }

        @Override
        SessionRecord received(Row row) {
            return SeparateColumns.record(row);
        }
    },
    /**
     * A row in one value, as base64. r2dbc-postgresql looks for a codec for each column, parses times by a format, and
     * reads bytes with a regular expression, which together cost more than all the rest of a find.
     */
    TEXT("encode(" + WireForm.PACKED + ", 'base64')", "decode($1, 'base64')") {
        /** PostgreSQL breaks lines, as MIME does. */
        @Override
        SessionRecord received(Row row) {
            String text = RecordRows.column(row, 0, String.class);
            return PackedRecord.record(Base64.getMimeDecoder().decode(text));
        }
    },
    /** The same over connections whose results are binary. Parameters are not. */
    BINARY(WireForm.PACKED, "decode($1, 'base64')") {
        @Override
        SessionRecord received(Row row) {
            return PackedRecord.record(RecordRows.column(row, 0, byte[].class));
        }
    };

    private static final String PACKED = "record_send(row(id, proof, version, created_at, accessed_at, idle_ms,"
            + " expires_at, principal, payload))";

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\$\\d+)}");

    private final String selected;

    private final String parameter;

    WireForm(String selected, String parameter) {
        this.selected = selected;
        this.parameter = parameter;
    }

    /** A statement, with the columns of a record and its parameters of bytes in this form. */
    String in(String statement) {
        return PARAMETER.matcher(statement.replace("{record}", selected)).replaceAll(parameter);
    }

    /** The value to bind: base64 is a third shorter than the digits that the driver of PostgreSQL writes. */
    Object sent(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The record in a row. */
    abstract SessionRecord received(Row row);
}

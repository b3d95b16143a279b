package dev.reactivesession.r2dbc;

import io.r2dbc.spi.Row;
import java.util.Base64;
import java.util.regex.Pattern;

/** The form in which bytes cross between application and database. The stored form is the same. */
enum WireForm {
    /** The driver's own. */
    BYTES("$1", "$1") {
        @Override
        Object sent(byte[] bytes) {
            return bytes;
        }

        @Override
        byte[] received(Row row, int index) {
            return RecordRows.column(row, index, byte[].class);
        }
    },
    /**
     * r2dbc-postgresql writes bytes as hexadecimal digits, and reads those with a regular expression: base64 is a third
     * shorter.
     */
    BASE64("encode($1, 'base64') as $1", "decode($1, 'base64')") {
        @Override
        Object sent(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }

        /** PostgreSQL breaks lines, as MIME does. */
        @Override
        byte[] received(Row row, int index) {
            return Base64.getMimeDecoder().decode(RecordRows.column(row, index, String.class));
        }
    };

    private static final Pattern COLUMN = Pattern.compile("\\{(proof|payload)}");

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\$\\d+)}");

    private final String selected;

    private final String parameter;

    WireForm(String selected, String parameter) {
        this.selected = selected;
        this.parameter = parameter;
    }

    /** A statement, with its columns and parameters of bytes in this form. */
    String in(String statement) {
        String columns = COLUMN.matcher(statement).replaceAll(selected);
        return PARAMETER.matcher(columns).replaceAll(parameter);
    }

    /** The value to bind. */
    abstract Object sent(byte[] bytes);

    /** The bytes of a column. */
    abstract byte[] received(Row row, int index);
}

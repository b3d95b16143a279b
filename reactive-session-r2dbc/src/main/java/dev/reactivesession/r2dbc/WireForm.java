package dev.reactivesession.r2dbc;

import io.r2dbc.spi.Row;
import java.util.Base64;

/** How bytes cross between the application and the database; what is stored is the same. */
enum WireForm {
    /** As the driver has them. */
    BYTES {
        @Override
        String selected(String column) {
            return column;
        }

        @Override
        String parameter(String marker) {
            return marker;
        }

        @Override
        Object sent(byte[] bytes) {
            return bytes;
        }

        @Override
        byte[] received(Row row, int index) {
            return RecordRows.column(row, index, byte[].class);
        }
    },
    /** r2dbc-postgresql writes bytes as hexadecimal digits, and reads those with a regular expression: base64 is a third shorter. */
    BASE64 {
        @Override
        String selected(String column) {
            return "encode(" + column + ", 'base64') as " + column;
        }

        @Override
        String parameter(String marker) {
            return "decode(" + marker + ", 'base64')";
        }

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

    /** What to select to receive a column. */
    abstract String selected(String column);

    /** What to write for the marker of a parameter. */
    abstract String parameter(String marker);

    /** What to bind. */
    abstract Object sent(byte[] bytes);

    /** What came. */
    abstract byte[] received(Row row, int index);
}

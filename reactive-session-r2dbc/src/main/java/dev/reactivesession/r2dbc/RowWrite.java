package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Instant;

/** A change of one row. Its result is whether the row was changed. */
sealed interface RowWrite {

    SessionId id();

    default int bytes() {
        return SessionId.BYTES;
    }

    record Insert(SessionRecord record) implements RowWrite {

        @Override
        public SessionId id() {
            return record.id();
        }

        @Override
        public int bytes() {
            return record.payload().length;
        }
    }

    record Update(SessionRecord record, long basedOn) implements RowWrite {

        @Override
        public SessionId id() {
            return record.id();
        }

        @Override
        public int bytes() {
            return record.payload().length;
        }
    }

    record Touch(SessionId id, Instant accessed, Instant expires) implements RowWrite {}

    record Delete(SessionId id) implements RowWrite {}
}

package dev.reactivesession.cookie;

import dev.reactivesession.SessionToken;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;

/** Puts a record into a token. */
final class Sealer {

    private final TokenFormat tokens;

    private final SealedSessionSettings settings;

    Sealer(TokenFormat tokens, SealedSessionSettings settings) {
        this.tokens = tokens;
        this.settings = settings;
    }

    SaveOutcome seal(SessionRecord record) {
        return new SaveOutcome.Saved(record, new SessionToken(tokens.seal(RecordFormat.encode(record, settings))));
    }

    void requireRoomFor(SessionRecord record) {
        tokens.requireRoomFor(RecordFormat.encode(record, settings).length());
    }
}

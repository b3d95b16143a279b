package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.WriteName;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lives of a session in one exchange: the one it has now, and the record of one that was ended and is still to be
 * deleted. All of it is guarded by this object; no lock is held while a store is at work.
 */
final class SessionLives {

    private final SessionFactory factory;

    private final Client client;

    private final SerialExecution saves = new SerialExecution();

    private SessionCopy copy;

    private @Nullable SessionRecord ended;

    private boolean touched;

    SessionLives(SessionFactory factory, Client client) {
        this.factory = factory;
        this.client = client;
        this.copy = factory.fresh(this::id);
    }

    SessionLives(SessionFactory factory, Client client, SessionCopy stored) {
        this.factory = factory;
        this.client = client;
        this.copy = stored;
    }

    Client client() {
        return client;
    }

    /** One save after the other. */
    SerialExecution saves() {
        return saves;
    }

    synchronized SessionId id() {
        return copy.id(factory::newId);
    }

    synchronized @Nullable SessionRecord record() {
        return copy.record();
    }

    synchronized int storedBytes() {
        SessionRecord record = copy.record();
        return record == null ? 0 : record.payload().length;
    }

    synchronized <T extends @Nullable Object> T ask(Function<SessionCopy, T> question) {
        return question.apply(copy);
    }

    synchronized void tell(Consumer<SessionCopy> change) {
        change.accept(copy);
    }

    synchronized <T extends @Nullable Object> T askTimes(Function<SessionTimes, T> question) {
        return question.apply(factory.times(copy));
    }

    synchronized void tellTimes(Consumer<SessionTimes> change) {
        change.accept(factory.times(copy));
    }

    synchronized <T extends @Nullable Object> T askOwner(Function<SessionOwner, T> question) {
        return question.apply(factory.owner(copy));
    }

    synchronized void tellOwner(Consumer<SessionOwner> change) {
        change.accept(factory.owner(copy));
    }

    /** The next change begins another life. */
    synchronized void end() {
        SessionRecord record = copy.recordToEnd();
        ended = record == null ? ended : record;
        copy = factory.fresh(this::id);
    }

    synchronized @Nullable SessionRecord takeEnded() {
        SessionRecord taken = ended;
        ended = null;
        return taken;
    }

    synchronized void giveBackEnded(SessionRecord taken) {
        ended = taken;
    }

    /** Whether there is surely nothing to store, but for a touch. */
    synchronized boolean isSurelyAsStored() {
        return ended == null && copy.record() != null && copy.isSurelyAsStored();
    }

    synchronized boolean isTouchDue(SessionRecord record) {
        return client.isVisit() && factory.rules().isTouchDue(record, touched);
    }

    synchronized void touched(SessionRecord record) {
        touched = true;
        copy.settleTimes(record);
    }

    synchronized PendingSave takeChanges(Supplier<WriteName> names) {
        return PendingSave.of(copy, copy.take(names));
    }

    synchronized void giveBack(PendingSave save, boolean doubt) {
        save.copy().giveBack(save.taken(), doubt);
    }

    synchronized boolean isWorthCreating(PendingSave save) {
        return save.copy().isWorthCreating(save.order());
    }

    synchronized void attempted(PendingSave save, SessionRecord first) {
        save.copy().attempted(first);
    }

    /** A record that was saved for a life that has ended meanwhile is to be deleted, like that life. */
    synchronized void settle(PendingSave save, SessionRecord saved, Map<String, EncodedValue> storedNow) {
        if (save.copy() == copy) {
            copy.settle(saved, storedNow);
        } else {
            ended = saved;
        }
    }

    synchronized void becomeReplaced(PendingSave save) {
        save.copy().becomeReplaced();
    }
}

package dev.reactivesession.laws;

import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.SampleRecord;
import reactor.core.publisher.Mono;

/** A store in which, when told so, somebody else always saves first. */
final class OvertakingStore extends PassingStore {

    private volatile boolean overtaking;

    void overtake() {
        overtaking = true;
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return overtaking
                ? sound.find(record.id())
                        .flatMap(there -> sound.update(SampleRecord.of(there).next(), there.version()))
                        .then(sound.update(record, basedOn))
                : sound.update(record, basedOn);
    }
}

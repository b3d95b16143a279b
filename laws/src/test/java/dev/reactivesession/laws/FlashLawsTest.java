package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.web.SessionAccess;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.server.ServerResponse;

@DisplayName("Flash values: their cost, and what becomes of one when the store fails")
class FlashLawsTest {

    private final Application application = new Application();

    private final Visitor visitor = application.visitorDoing(session -> session.flash("notice", "saved"));

    private Visitor taking() {
        return visitor.at(application.visitor(request -> SessionAccess.session(request)
                .flatMap(session -> session.<String>takeFlash("notice").defaultIfEmpty("none"))
                .flatMap(text -> ServerResponse.ok().bodyValue(text))));
    }

    @Test
    @DisplayName("To take one costs a load and a save, to find none the load alone")
    void toFindNoneCostsTheLoad() {
        visitor.visit();
        application.forgetCalls();

        taking().visit();
        assertThat(application.takeCalls()).containsExactly("find", "update");
        taking().visit();
        assertThat(application.takeCalls()).containsExactly("find");
    }

    @Test
    @DisplayName("Nobody gets one whose removal was not stored; it is there for the next")
    void anOutageKeepsIt() {
        visitor.visit();
        application.failNext(StoreOperation.UPDATE);

        taking().visitFailing(SessionException.Unavailable.class);

        assertThat(taking().visit().body()).isEqualTo("saved");
    }

    @Test
    @DisplayName("Taken from a session that ended meanwhile, it is nothing")
    void anEndedSessionHasNone() {
        visitor.visit();
        Visitor late = visitor.at(application.visitor(request -> SessionAccess.session(request)
                .delayUntil(session -> application.sessions().terminate(session.id()))
                .flatMap(session -> session.<String>takeFlash("notice").defaultIfEmpty("none"))
                .flatMap(text -> ServerResponse.ok().bodyValue(text))));

        assertThat(late.visit().body()).isEqualTo("none");
    }
}

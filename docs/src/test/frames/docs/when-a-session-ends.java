import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.Sessions;
import java.time.Duration;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

abstract class Frame {

    interface Orders {
        Flux<String> news();
    }

    interface Dashboard {
        void show(SessionEvent event);
    }

    Orders orders;

    Session session;

    abstract Mono<Void> conversation(WebSocketSession socket);

    // block
}

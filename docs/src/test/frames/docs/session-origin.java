import dev.reactivesession.Sessions;

abstract class Frame {

    Sessions sessions;

    // block
}

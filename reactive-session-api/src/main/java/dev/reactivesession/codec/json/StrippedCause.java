package dev.reactivesession.codec.json;

/** What went wrong and where, without the message: messages of decoders and of constructors repeat what they were given. */
final class StrippedCause extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private StrippedCause(Throwable original) {
        super(original.getClass().getName());
        setStackTrace(original.getStackTrace());
    }

    static StrippedCause of(Throwable original) {
        return new StrippedCause(original);
    }
}

// Tells the thread sanitizer what Qt hands from thread to thread. Qt's library is not built with it, so that it does not see
// that an event which was posted happens before it is delivered, and takes every queued call for a race. Here whoever posts
// releases, and whoever gets an event, or has waited for a thread, acquires: more order than there is, for it does not
// tell one receiver from another, but none where nothing was handed over. Every program
// that is built with the thread sanitizer has these in place of Qt's own (tests/run.sh --tsan).
#include <QCoreApplication>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>

#include <dlfcn.h>

extern "C" void __tsan_acquire(void* address);
extern "C" void __tsan_release(void* address);

namespace {

char handover;

template<typename Function>
Function next(Function, const char* name)
{
    void* const found = dlsym(RTLD_NEXT, name);
    Function function;
    static_assert(sizeof function == sizeof found);
    __builtin_memcpy(&function, &found, sizeof found);
    return function;
}

/// Looks at nothing of its own before it has acquired.
struct Handed final : QRunnable
{
    explicit Handed(std::function<void()> function) : m_function(std::move(function)) {}
    void run() override
    {
        __tsan_acquire(&handover);
        m_function();
        m_function = nullptr;
        __tsan_release(&handover);
    }

private:
    std::function<void()> m_function;
};

} // namespace

bool QMetaObject::invokeMethodImpl(QObject* object, QtPrivate::QSlotObjectBase* slot, Qt::ConnectionType type, void* result)
{
    static const auto real = next(static_cast<bool (*)(QObject*, QtPrivate::QSlotObjectBase*, Qt::ConnectionType, void*)>(nullptr),
                                  "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    // Whichever thread lets go of it last destroys it, by a count that is not seen: here that is this one, where it knows that
    // the other is done, and otherwise nobody.
    slot->ref();
    __tsan_release(&handover);
    const bool done = real(object, slot, type, result);
    __tsan_acquire(&handover);
    if (type == Qt::BlockingQueuedConnection)
        slot->destroyIfLastRef();
    return done;
}

void QMetaObject::activate(QObject* sender, const QMetaObject* metaObject, int signal, void** arguments)
{
    static const auto real = next(static_cast<void (*)(QObject*, const QMetaObject*, int, void**)>(nullptr),
                                  "_ZN11QMetaObject8activateEP7QObjectPKS_iPPv");
    __tsan_release(&handover);
    real(sender, metaObject, signal, arguments);
}

void QCoreApplication::postEvent(QObject* receiver, QEvent* event, int priority)
{
    static const auto real = next(static_cast<void (*)(QObject*, QEvent*, int)>(nullptr), "_ZN16QCoreApplication9postEventEP7QObjectP6QEventi");
    __tsan_release(&handover);
    real(receiver, event, priority);
}

bool QObject::event(QEvent* event)
{
    static const auto real = next(static_cast<bool (*)(QObject*, QEvent*)>(nullptr), "_ZN7QObject5eventEP6QEvent");
    __tsan_acquire(&handover);
    const bool done = real(this, event);
    __tsan_release(&handover);
    return done;
}

bool QThread::wait(QDeadlineTimer deadline)
{
    static const auto real = next(static_cast<bool (*)(QThread*, QDeadlineTimer)>(nullptr), "_ZN7QThread4waitE14QDeadlineTimer");
    const bool done = real(this, deadline);
    __tsan_acquire(&handover);
    return done;
}

void QSemaphore::acquire(int count)
{
    static const auto real = next(static_cast<void (*)(QSemaphore*, int)>(nullptr), "_ZN10QSemaphore7acquireEi");
    real(this, count);
    __tsan_acquire(&handover);
}

void QSemaphore::release(int count)
{
    static const auto real = next(static_cast<void (*)(QSemaphore*, int)>(nullptr), "_ZN10QSemaphore7releaseEi");
    __tsan_release(&handover);
    real(this, count);
}

void QThreadPool::start(std::function<void()> function, int priority)
{
    auto* const handed = new Handed(std::move(function));
    __tsan_release(&handover);
    start(handed, priority);
}

bool QThreadPool::waitForDone(int milliseconds)
{
    static const auto real = next(static_cast<bool (*)(QThreadPool*, int)>(nullptr), "_ZN11QThreadPool11waitForDoneEi");
    const bool done = real(this, milliseconds);
    __tsan_acquire(&handover);
    return done;
}

#pragma once

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace corscope {

/// Work on a thread of its own, of which only the newest counts: what was asked before is told to stop, and its result
/// is dropped.
class Background : public QObject
{
public:
    /// Set from outside; the work looks at it now and then.
    using Stop = std::shared_ptr<std::atomic_bool>;

    explicit Background(QObject* parent = nullptr) : QObject(parent) { m_pool.setMaxThreadCount(2); }
    ~Background() override { cancel(); }

    /// \param work `Result(const Stop&)`, on another thread; looks at nothing but what it holds itself.
    /// \param done `void(Result)`, on this thread; not called where something else was asked meanwhile.
    template<typename Work, typename Done>
    void start(Work work, Done done)
    {
        cancel();
        const auto stop = std::make_shared<std::atomic_bool>(false);
        m_current = stop;
        m_pool.start([this, stop, work = std::move(work), done = std::move(done)]() mutable {
            auto result = std::make_shared<decltype(work(stop))>(work(stop));
            QMetaObject::invokeMethod(
                this,
                [this, stop, result, done = std::move(done)]() mutable {
                    if (m_current != stop)
                        return;
                    m_current.reset();
                    done(std::move(*result));
                },
                Qt::QueuedConnection);
        });
    }
    void cancel()
    {
        if (m_current)
            *m_current = true;
        m_current.reset();
    }
    bool isBusy() const { return m_current != nullptr; }

private:
    Stop m_current;
    QThreadPool m_pool; ///< waits for its threads: goes first
};

} // namespace corscope

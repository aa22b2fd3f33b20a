#pragma once

#include "core/fetch/Browser.h"

#include <QPointer>
#include <QUndoCommand>

namespace corscope {

class Memory;

/// One change of what the browser remembers, as a step of undo. A run that comes between has a memory of its own: only
/// what this step changed is taken back.
class MemoryEdit : public QUndoCommand
{
public:
    /// \param mergeKey as in ScenarioDocument::edit().
    MemoryEdit(Memory& memory, const QString& name, const QByteArray& mergeKey, const Browser& after);

    void undo() override;
    void redo() override;
    int id() const override { return m_mergeKey.isEmpty() ? -1 : 2; }
    bool mergeWith(const QUndoCommand* other) override;

private:
    QPointer<Memory> m_memory;
    QByteArray m_mergeKey;
    Browser m_before;
    Browser m_after;
};

bool remembersTheSame(const Browser& a, const Browser& b);

/// What led from one memory to another, done to a third one. The clock is not set back behind what that one remembers.
Browser changedAlike(Browser browser, const Browser& from, const Browser& to);

} // namespace corscope

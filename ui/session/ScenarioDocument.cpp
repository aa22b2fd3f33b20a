#include "ui/session/ScenarioDocument.h"

#include "core/scenario/ScenarioFile.h"
#include "ui/session/RecoveryFile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUndoCommand>

#include <algorithm>
#include <chrono>

namespace corscope {

/// The one undo command: the scenario before and after.
class EditCommand : public QUndoCommand
{
public:
    EditCommand(ScenarioDocument& document, const QString& name, QByteArray mergeKey, Scenario after)
        : QUndoCommand(name), m_document(document), m_mergeKey(std::move(mergeKey)), m_before(document.scenario()),
          m_after(std::move(after))
    {
    }

    void undo() override { m_document.assign(m_before); }
    void redo() override { m_document.assign(m_after); }
    int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = static_cast<const EditCommand*>(other);
        if (next->m_mergeKey != m_mergeKey)
            return false;
        m_after = next->m_after;
        setObsolete(m_after == m_before);
        return true;
    }

private:
    ScenarioDocument& m_document;
    QByteArray m_mergeKey;
    Scenario m_before;
    Scenario m_after;
};

/// Another scenario in the place of this one, together with the file it belongs to.
class ReplaceCommand : public QUndoCommand
{
public:
    ReplaceCommand(ScenarioDocument& document, const QString& name, Scenario scenario)
        : QUndoCommand(name), m_document(document), m_scenario(std::move(scenario))
    {
    }
    void undo() override { swap(); }
    void redo() override { swap(); }

private:
    void swap()
    {
        std::swap(m_scenario, m_document.m_scenario);
        std::swap(m_file, m_document.m_file);
        std::swap(m_libraryId, m_document.m_libraryId);
        Q_EMIT m_document.scenarioReplaced();
        m_document.assign(Scenario(m_document.m_scenario));
        Q_EMIT m_document.fileChanged();
    }

    ScenarioDocument& m_document;
    Scenario m_scenario;
    KnownFile m_file;
    QString m_libraryId;
};

ScenarioDocument::ScenarioDocument(QObject* parent) : QObject(parent)
{
    m_recoveryTimer.setSingleShot(true);
    connect(&m_recoveryTimer, &QTimer::timeout, this, &ScenarioDocument::writeRecovery);
}

ScenarioDocument::~ScenarioDocument()
{
    removeRecovery(); // an orderly end: the window has asked about unsaved changes
}

void ScenarioDocument::edit(const QString& name, const QByteArray& mergeKey, const Change& change)
{
    Scenario after = m_scenario;
    change(after);
    if (after == m_scenario)
        return;
    m_undoStack.push(new EditCommand(*this, name, mergeKey, std::move(after)));
}

void ScenarioDocument::replace(const QString& name, const Scenario& scenario)
{
    m_undoStack.push(new ReplaceCommand(*this, name, scenario));
}

void ScenarioDocument::assign(const Scenario& scenario)
{
    m_scenario = scenario;
    const auto all = sends();
    if (!all.contains(m_selectedSend)) {
        m_selectedSend = all.isEmpty() ? -1 : all.last();
        Q_EMIT selectedSendChanged();
    }
    Q_EMIT scenarioChanged();
    // NB: a timer that began anew with every change would never end while somebody types.
    if (m_recovery && !m_recoveryTimer.isActive())
        m_recoveryTimer.start();
}

void ScenarioDocument::setScenario(const Scenario& scenario)
{
    begin(scenario, {});
}

void ScenarioDocument::begin(const Scenario& scenario, const KnownFile& file)
{
    m_scenario = m_saved = scenario;
    m_file = file;
    m_savedPath = file.path;
    m_libraryId.clear();
    m_recovered = false;
    const auto all = sends();
    m_selectedSend = all.isEmpty() ? -1 : all.last();
    m_undoStack.clear();
    removeRecovery();
    Q_EMIT scenarioReplaced();
    Q_EMIT selectedSendChanged();
    Q_EMIT scenarioChanged();
    Q_EMIT fileChanged();
}

Result<Done> ScenarioDocument::open(const QString& path)
{
    const auto bytes = scenariofile::read(path);
    if (!bytes)
        return bytes.error();
    const auto loaded = scenariofile::parse(*bytes, QFileInfo(path).fileName());
    if (!loaded)
        return loaded.error();
    const bool fromLibrary = path.startsWith(u':');
    begin(*loaded, fromLibrary ? KnownFile() : KnownFile::of(path, *bytes));
    if (fromLibrary)
        m_libraryId = QFileInfo(path).completeBaseName();
    return Done{};
}

Result<Done> ScenarioDocument::openLibrary(const QString& id)
{
    QStringList known;
    for (const auto& entry : scenariofile::library()) {
        if (entry.id == id) {
            auto opened = open(entry.path);
            if (opened)
                m_libraryId = id;
            return opened;
        }
        known.append(entry.id);
    }
    return InputError{tr("scenario"), tr("a file, or an entry of the library (%1)").arg(known.join(QStringLiteral(", "))),
                      u'"' + id + u'"'};
}

Result<Done> ScenarioDocument::save()
{
    return saveAs(m_file.path);
}

Result<Done> ScenarioDocument::saveAs(const QString& path)
{
    auto saved = scenariofile::save(m_scenario, path);
    if (!saved)
        return saved;
    m_file = KnownFile::of(path, scenariofile::serialize(m_scenario));
    m_libraryId.clear();
    m_recovered = false;
    m_saved = m_scenario;
    m_savedPath = m_file.path;
    removeRecovery();
    Q_EMIT fileChanged();
    return saved;
}

QString ScenarioDocument::title() const
{
    if (!m_scenario.title.isEmpty())
        return m_scenario.title;
    return m_file.path.isEmpty() ? tr("Untitled scenario") : QFileInfo(m_file.path).completeBaseName();
}

bool ScenarioDocument::isModified() const
{
    return m_recovered || m_file.path != m_savedPath || m_scenario != m_saved;
}

QList<int> ScenarioDocument::sends() const
{
    QList<int> indexes;
    for (size_t i = 0; i < m_scenario.actions.size(); ++i)
        if (std::holds_alternative<SendAction>(m_scenario.actions[i]))
            indexes.append(int(i));
    return indexes;
}

void ScenarioDocument::selectSend(int action)
{
    if (action == m_selectedSend || !sends().contains(action))
        return;
    m_selectedSend = action;
    Q_EMIT selectedSendChanged();
}

void ScenarioDocument::setMistake(const QObject* holder, const QString& sentence)
{
    const auto before = mistake();
    const auto known = std::find_if(m_mistakes.begin(), m_mistakes.end(), [&](const auto& m) { return m.first == holder; });
    if (known != m_mistakes.end() && sentence.isEmpty()) {
        m_mistakes.erase(known);
        disconnect(holder, &QObject::destroyed, this, nullptr);
    } else if (known != m_mistakes.end()) {
        known->second = sentence;
    } else if (!sentence.isEmpty()) {
        m_mistakes.emplace_back(holder, sentence);
        connect(holder, &QObject::destroyed, this, [this, holder] { setMistake(holder, {}); });
    }
    if (mistake() != before)
        Q_EMIT mistakeChanged();
}

QString ScenarioDocument::mistake() const
{
    return m_mistakes.empty() ? QString() : m_mistakes.front().second;
}

void ScenarioDocument::keepRecovery(const QString& folder, std::chrono::milliseconds interval)
{
    m_recoveryTimer.setInterval(interval);
    m_recovery = std::make_unique<RecoveryFile>(folder);
}

QStringList ScenarioDocument::leftBehind() const
{
    return m_recovery ? m_recovery->leftBehind() : QStringList();
}

Result<Done> ScenarioDocument::takeUp(const QString& leftBehind)
{
    const auto left = RecoveryFile::read(leftBehind);
    if (!left)
        return left.error();
    begin(left->scenario, left->file);
    m_recovered = true;
    if (writeRecovery()) // NB: before the other goes, so that there is one at every moment
        giveUp(leftBehind);
    Q_EMIT fileChanged();
    return Done{};
}

void ScenarioDocument::giveUp(const QString& leftBehind)
{
    m_recovery->forget(leftBehind);
}

QString ScenarioDocument::putAside(const QString& leftBehind)
{
    return m_recovery->putAside(leftBehind);
}

bool ScenarioDocument::writeRecovery()
{
    if (!m_recovery)
        return false;
    if (!isModified()) {
        m_recovery->remove();
        return true;
    }
    const auto written = m_recovery->write({m_scenario, m_file});
    if (!written && !m_recoveryFails)
        Q_EMIT recoveryFailed(tr("A crash would lose what is not saved: %1").arg(written.error().sentence()));
    m_recoveryFails = !written.ok();
    return written.ok();
}

void ScenarioDocument::removeRecovery()
{
    m_recoveryTimer.stop();
    if (m_recovery)
        m_recovery->remove();
}

} // namespace corscope

#include "ui/window/RecoveryBanner.h"

#include "ui/session/RecoveryFile.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/window/DocumentActions.h"

#include <QDateTime>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

namespace corscope {

RecoveryBanner::RecoveryBanner(ScenarioDocument& document, DocumentActions& files, QWidget* parent)
    : QFrame(parent), m_document(document), m_files(files), m_text(new QLabel),
      m_keep(new QPushButton(tr("&Keep"))), m_discard(new QPushButton(tr("Dis&card"))), m_read(new QPushButton(tr("&OK")))
{
    setObjectName(QStringLiteral("recovery"));
    setAccessibleName(tr("Unsaved scenario"));
    setProperty("role", QStringLiteral("banner"));
    setProperty("look", QStringLiteral("warning"));
    m_text->setObjectName(QStringLiteral("recoveryText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_keep->setObjectName(QStringLiteral("recoveryKeep"));
    m_keep->setToolTip(tr("Go on with the unsaved scenario (Alt+K)"));
    m_discard->setObjectName(QStringLiteral("recoveryDiscard"));
    m_discard->setToolTip(tr("Throw the unsaved scenario away (Alt+C)"));
    m_read->setObjectName(QStringLiteral("recoveryRead"));
    m_read->setToolTip(tr("Hide this message (Alt+O)"));
    auto* row = new QHBoxLayout(this);
    row->addWidget(m_text, 1);
    for (auto* button : {m_keep, m_discard, m_read})
        row->addWidget(button);
    connect(m_keep, &QPushButton::clicked, this, &RecoveryBanner::keep);
    connect(m_discard, &QPushButton::clicked, this, &RecoveryBanner::discard);
    connect(m_read, &QPushButton::clicked, this, [this] {
        m_told.removeFirst();
        refresh();
    });
    hide();
}

void RecoveryBanner::refresh()
{
    findOffer();
    const bool tells = !m_told.isEmpty();
    if (tells) {
        m_text->setText(m_told.first());
        m_text->setToolTip({});
    }
    m_read->setVisible(tells);
    m_keep->setVisible(!tells);
    m_discard->setVisible(!tells);
    setVisible(tells || !m_path.isEmpty());
}

void RecoveryBanner::tell(const QString& sentence)
{
    if (!m_told.contains(sentence))
        m_told.append(sentence);
    refresh();
}

/// What saving would do, where that is not what one expects.
static QString remarkOn(const KnownFile& file)
{
    const auto name = QFileInfo(file.path).fileName();
    if (file.path.isEmpty())
        return {};
    switch (file.state()) {
    case KnownFile::State::AsKnown: return RecoveryBanner::tr("It belongs to %1.").arg(name);
    case KnownFile::State::Changed:
        return RecoveryBanner::tr("Its file %1 was changed by another program since: Save would replace that.").arg(name);
    case KnownFile::State::Gone: break;
    }
    return RecoveryBanner::tr("Its file %1 is not there any more: Save writes it anew.").arg(name);
}

/// The first file that is a scenario; those before it are put aside.
void RecoveryBanner::findOffer()
{
    m_path.clear();
    for (const auto& path : m_document.leftBehind()) {
        const auto when = QLocale().toString(QFileInfo(path).lastModified(), QLocale::ShortFormat);
        if (const auto left = RecoveryFile::read(path)) {
            m_path = path;
            const auto& named = left->scenario.title;
            const auto& file = left->file.path;
            const auto title = !named.isEmpty() ? named : file.isEmpty() ? tr("Untitled scenario") : QFileInfo(file).completeBaseName();
            const auto text = tr("Corscope did not end well. “%1” was not saved; it is as it was on %2.").arg(title, when);
            const auto remark = remarkOn(left->file);
            m_text->setText(remark.isEmpty() ? text : QString(text + u' ' + remark));
            m_text->setToolTip(file);
            return;
        }
        const auto aside = m_document.putAside(path);
        m_told.append(tr("What was not saved on %1 is damaged and cannot be opened; the file is kept as %2.")
                          .arg(when, aside.isEmpty() ? path : aside));
    }
}

void RecoveryBanner::keep()
{
    if (!m_files.mayDiscard())
        return;
    if (const auto taken = m_document.takeUp(m_path); !taken)
        Q_EMIT failed(taken.error().sentence());
    refresh();
}

void RecoveryBanner::discard()
{
    m_document.giveUp(m_path);
    refresh();
}

} // namespace corscope

#include "ui/window/RecoveryBanner.h"

#include "core/scenario/ScenarioFile.h"
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
    : QFrame(parent), m_document(document), m_files(files), m_text(new QLabel)
{
    setObjectName(QStringLiteral("recovery"));
    setAccessibleName(tr("Unsaved scenario"));
    setProperty("role", QStringLiteral("banner"));
    setProperty("look", QStringLiteral("warning"));
    m_text->setObjectName(QStringLiteral("recoveryText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto* keep = new QPushButton(tr("&Keep"));
    keep->setObjectName(QStringLiteral("recoveryKeep"));
    keep->setToolTip(tr("Go on with the unsaved scenario (Alt+K)"));
    auto* discard = new QPushButton(tr("Dis&card"));
    discard->setObjectName(QStringLiteral("recoveryDiscard"));
    discard->setToolTip(tr("Throw the unsaved scenario away (Alt+C)"));
    auto* row = new QHBoxLayout(this);
    row->addWidget(m_text, 1);
    row->addWidget(keep);
    row->addWidget(discard);
    connect(keep, &QPushButton::clicked, this, &RecoveryBanner::keep);
    connect(discard, &QPushButton::clicked, this, &RecoveryBanner::discard);
    hide();
}

void RecoveryBanner::refresh()
{
    const auto offers = m_document.leftBehind();
    m_path = offers.isEmpty() ? QString() : offers.first();
    if (!m_path.isEmpty()) {
        const auto left = scenariofile::load(m_path);
        const auto title = left && !left->title.isEmpty() ? left->title : tr("Untitled scenario");
        m_text->setText(tr("Corscope did not end well. “%1” was not saved; it is as it was on %2.")
                            .arg(title, QLocale().toString(QFileInfo(m_path).lastModified(), QLocale::ShortFormat)));
    }
    setVisible(!m_path.isEmpty());
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

#include "ui/compare/RunSide.h"

#include "ui/session/TraceCursor.h"
#include "ui/verdict/VerdictBar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace corscope {

RunSide::RunSide(const QString& letter, const QString& objectName, QWidget* parent)
    : QWidget(parent), m_chooser(new QComboBox), m_cursor(new TraceCursor(this)), m_verdict(new VerdictBar(*m_cursor))
{
    const int em = fontMetrics().height();
    auto* name = new QLabel(letter);
    name->setProperty("role", QStringLiteral("card-title"));
    name->setBuddy(m_chooser);
    m_chooser->setObjectName(objectName);
    m_chooser->setAccessibleName(tr("Run %1").arg(letter));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_chooser->setMinimumContentsLength(20);
    m_chooser->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_verdict->setObjectName(objectName + QStringLiteral("Verdict"));
    auto* line = new QHBoxLayout;
    line->setSpacing(em / 2);
    line->addWidget(name);
    line->addWidget(m_chooser, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(em / 3);
    column->addLayout(line);
    column->addWidget(m_verdict, 1);
    connect(m_chooser, &QComboBox::activated, this, [this] {
        show();
        Q_EMIT chosen();
    });
}

/// A run that goes on changing under its name (the preview) is the same choice.
static bool sameChoice(const KeptRun& a, const KeptRun& b)
{
    return a.name.section(u'·', 0, 0) == b.name.section(u'·', 0, 0);
}

void RunSide::setRuns(const std::vector<KeptRun>& runs)
{
    int keep = -1;
    if (const auto* old = run())
        for (size_t i = 0; i < runs.size(); ++i)
            if (runs[i].trace == old->trace || (keep < 0 && sameChoice(runs[i], *old)))
                keep = int(i);
    m_runs = runs;
    const QSignalBlocker blocker(m_chooser);
    m_chooser->clear();
    for (const auto& run : runs)
        m_chooser->addItem(run.name);
    m_chooser->setCurrentIndex(runs.empty() ? -1 : std::max(keep, 0));
    show();
}

void RunSide::choose(int index)
{
    m_chooser->setCurrentIndex(index);
    show();
}

const KeptRun* RunSide::run() const
{
    const int index = m_chooser->currentIndex();
    return index >= 0 && size_t(index) < m_runs.size() ? &m_runs[size_t(index)] : nullptr;
}

void RunSide::show()
{
    const auto* chosen = run();
    m_chooser->setToolTip(chosen ? chosen->name : QString());
    m_cursor->setStanding({chosen ? chosen->source : TraceStanding::Source::Wire, TraceStanding::Validity::Current, {}});
    m_cursor->setTrace(chosen ? chosen->trace : nullptr, TraceCursor::Start::Decision);
}

} // namespace corscope

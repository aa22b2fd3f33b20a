#include "ui/fix/LessPage.h"

#include "core/scenario/ScenarioFile.h"
#include "ui/widgets/Card.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace corscope {

static QString kindText(const advise::Superfluous& one)
{
    using Kind = advise::Superfluous::Kind;
    switch (one.kind) {
    case Kind::RequestHeader: return LessPage::tr("a header of the request");
    case Kind::ResponseHeader: return LessPage::tr("a header of %1").arg(one.where);
    case Kind::Setting: return LessPage::tr("a setting of %1").arg(one.where);
    case Kind::Stage: return LessPage::tr("a stage of the server");
    }
    return {};
}

LessPage::LessPage(QWidget* parent) : QWidget(parent)
{
    auto* needless = new Card(tr("What is superfluous"));
    m_said = new QLabel;
    m_said->setObjectName(QStringLiteral("superfluousSaid"));
    m_said->setWordWrap(true);
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("superfluous"));
    m_list->setAccessibleName(tr("What could go with no effect on the verdict"));
    m_remove = new QPushButton(tr("&Remove"));
    m_remove->setObjectName(QStringLiteral("removeSuperfluous"));
    connect(m_remove, &QPushButton::clicked, this, &LessPage::removeChosen);
    auto* key = new QShortcut(QKeySequence::Delete, m_list, {}, {}, Qt::WidgetShortcut);
    connect(key, &QShortcut::activated, this, &LessPage::removeChosen);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) { m_remove->setEnabled(row >= 0); });
    needless->body()->addWidget(m_said);
    needless->body()->addWidget(m_list, 1);
    needless->body()->addWidget(m_remove, 0, Qt::AlignRight);

    auto* smallest = new Card(tr("The smallest case"));
    m_size = new QLabel;
    m_size->setObjectName(QStringLiteral("smallestSaid"));
    m_size->setWordWrap(true);
    m_open = new QPushButton(tr("Open the &smallest case"));
    m_open->setObjectName(QStringLiteral("openSmallest"));
    m_open->setToolTip(tr("As a new scenario that is not saved yet. Ctrl+Z brings this one back."));
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openWanted(Scenario(m_less.smallest)); });
    smallest->body()->addWidget(m_size);
    smallest->body()->addWidget(m_open, 0, Qt::AlignRight);

    auto* column = new QVBoxLayout(this);
    column->addWidget(needless, 1);
    column->addWidget(smallest);
    forget();
}

void LessPage::forget()
{
    m_background.cancel();
    m_less = {};
    m_list->clear();
    m_remove->setEnabled(false);
    m_open->setEnabled(false);
    m_said->setText(tr("Nothing was looked at yet."));
    m_size->setText(m_said->text());
}

void LessPage::look(const Scenario& scenario, int action)
{
    forget();
    m_said->setText(tr("Looking at what could be left out…"));
    m_size->setText(m_said->text());
    m_background.start(
        [scenario, action](const Background::Stop& stop) {
            Less less{advise::superfluous(scenario, action), {}};
            if (!stop->load())
                less.smallest = advise::minimised(scenario, action);
            return less;
        },
        [this, scenario](const Less& less) { show(scenario, less); });
}

/// What a scenario consists of, in one line.
static QString sizeText(const Scenario& scenario)
{
    int stages = 0, settings = 0;
    for (const auto& server : scenario.servers) {
        stages += int(server.pipeline.size());
        for (const auto& stage : server.pipeline)
            settings += int(stage.settings.size());
    }
    const auto count = [](int number, const QString& one, const QString& more) {
        return QString(QString::number(number) + QLatin1Char(' ') + (number == 1 ? one : more));
    };
    return QStringList{
        count(int(scenario.pages.size()), LessPage::tr("page"), LessPage::tr("pages")),
        count(int(scenario.servers.size()), LessPage::tr("server"), LessPage::tr("servers")),
        count(stages, LessPage::tr("stage"), LessPage::tr("stages")),
        count(settings, LessPage::tr("setting"), LessPage::tr("settings")),
        count(int(scenario.actions.size()), LessPage::tr("action"), LessPage::tr("actions")),
    }.join(QStringLiteral(", "));
}

void LessPage::show(const Scenario& before, const Less& less)
{
    m_less = less;
    for (const auto& one : less.superfluous)
        m_list->addItem(QString(one.name + QStringLiteral("  —  ") + kindText(one)));
    m_said->setText(less.superfluous.empty()
                        ? tr("Nothing: each header and each setting has an effect on the verdict.")
                        : tr("Each of these could go and the verdict would be the same. Each by itself: without two of "
                             "them at once it may be another."));
    if (!less.superfluous.empty())
        m_list->setCurrentRow(0);
    const bool same = scenariofile::serialize(less.smallest) == scenariofile::serialize(before);
    m_open->setEnabled(!same);
    m_size->setText(same ? tr("This scenario is as small as it gets: %1.").arg(sizeText(before))
                         : tr("The same ending needs no more than %1. Now there are %2.")
                               .arg(sizeText(less.smallest), sizeText(before)));
}

void LessPage::removeChosen()
{
    const int row = m_list->currentRow();
    if (row >= 0 && size_t(row) < m_less.superfluous.size())
        Q_EMIT removeWanted(advise::Superfluous(m_less.superfluous[size_t(row)]));
}

} // namespace corscope

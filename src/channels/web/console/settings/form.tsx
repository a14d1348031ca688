/**
 * Opens the page of the settings, and tries a call to the provider.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { ServiceList } from '../../../../rails/provider.ts';
import type { Assets } from '../../assets.ts';
import { given } from '../../given.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { wordsFor } from '../../words/words.ts';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths } from '../console-paths.ts';
import { needs } from '../console-place.ts';
import { SettingsPage, type SettingsPageProps } from './page.tsx';

export function registerSettings(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const sees = needs('see-settings');

  app.get(consolePaths.settings, sees, async (request, reply) => await show(request, reply, undefined));

  app.post(consolePaths.settings, sees, async (request, reply) => {
    const { locale } = request.visitor;
    const words = wordsFor(locale).console.settings;
    const answer = await door.rails.provider.readBalance('XOF');
    const tested =
      answer === undefined
        ? { ok: false, text: words.testFailed }
        : {
            ok: true,
            text: words.testPassed(moneyText(money(answer.balance.amount, 'XOF'), 'page', locale)),
          };
    return await show(request, reply, tested);
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    tested: SettingsPageProps['tested'],
  ): Promise<FastifyReply> {
    const { provider } = door.rails;
    const list = await servicesOf(request, door);
    const page = (
      <SettingsPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        lines={door.settingLines}
        provider={`${provider.name} · ${provider.environment}`}
        services={list?.services ?? []}
        {...given({ fetchedAt: list?.fetchedAt, tested })}
      />
    );
    return await sendPage(reply, page);
  }
}

/** The provider's list; nothing when it was never read and cannot be now. */
async function servicesOf(request: FastifyRequest, door: WebDoor): Promise<ServiceList | undefined> {
  try {
    return await door.rails.provider.listServices();
  } catch (error) {
    request.log.warn({ err: error }, 'the list of services cannot be read');
    return undefined;
  }
}
